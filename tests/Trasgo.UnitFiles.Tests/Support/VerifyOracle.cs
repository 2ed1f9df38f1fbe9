namespace Trasgo.UnitFiles.Tests.Support;

/// <summary>What "systemd-analyze verify" says it loaded, when its log is at debug: the whole unit table.</summary>
internal sealed class VerifyOracle
{
    private const string Mark = "-> Unit ";

    public sealed record Unit(string Id, List<string> Names, string LoadState, string Fragment, List<string> DropIns, string Description)
    {
        public string FirstEnvironment { get; init; } = "";
    }

    public Dictionary<string, Unit> ByName { get; } = new(StringComparer.Ordinal);

    public string Log { get; private init; } = "";

    public static VerifyOracle Load(string unitPath, IEnumerable<string> units)
    {
        Oracle.Require("systemd-analyze");
        var (_, output, error) = Oracle.Run(
            "systemd-analyze", ["verify", "--man=no", "--generators=no", .. units],
            ("SYSTEMD_UNIT_PATH", unitPath), ("SYSTEMD_LOG_LEVEL", "debug"), ("SYSTEMD_LOG_TARGET", "console"));
        var log = output + error;
        Skip.IfNot(log.Contains("Starting manager", StringComparison.Ordinal), "systemd-analyze cannot load units here: " + log);
        var result = new VerifyOracle { Log = log };
        foreach (var block in log.Split(Mark).Skip(1))
        {
            result.Take(block.Split('\n'));
        }

        return result;
    }

    private static string? Field(string line, string name)
    {
        line = line.TrimStart('\t');
        return line.StartsWith(name + ": ", StringComparison.Ordinal) ? line[(name.Length + 2)..] : null;
    }

    private void Take(string[] lines)
    {
        var id = lines[0].TrimEnd(':');
        var names = new List<string> { id };
        var dropIns = new List<string>();
        string state = "", fragment = "", description = "", environment = "";
        foreach (var line in lines.Skip(1).TakeWhile(l => l.StartsWith("\t\t", StringComparison.Ordinal)))
        {
            state = Field(line, "Unit Load State") ?? state;
            fragment = Field(line, "Fragment Path") ?? fragment;
            description = Field(line, "Description") ?? description;
            environment = environment.Length == 0 ? Field(line, "Environment") ?? "" : environment;
            if (Field(line, "Alias") is { } alias)
            {
                names.Add(alias);
            }

            if (Field(line, "DropIn Path") is { } path)
            {
                dropIns.Add(path);
            }
        }

        var unit = new Unit(id, names, state, fragment, dropIns, description) { FirstEnvironment = environment };
        foreach (var name in names)
        {
            ByName[name] = unit;
        }
    }
}
