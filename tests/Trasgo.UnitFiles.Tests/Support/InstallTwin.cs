using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Tests.Support;

/// <summary>
/// The same tree twice: systemctl --root= works on one and our installer on the other, and after every step both must have
/// said and left the same. Or, since systemd 252 forgets the root directory in some comparisons, systemctl works on the tree
/// as if it were the machine's, in a mount namespace of its own.
/// </summary>
internal sealed class InstallTwin(bool asHost = false) : IDisposable
{
    private static readonly string[] s_mounted = ["/etc/systemd", "/run/systemd", "/usr/local/lib", "/usr/lib/systemd", "/opt"];

    private static readonly Dictionary<string, string> s_env = new(StringComparer.Ordinal) { ["HOME"] = "/root" };

    private readonly TemporaryTree _theirs = new();
    private readonly TemporaryTree _ours = new();

    /// <summary>How many lines were compared, so that a test can tell that it compared any.</summary>
    public int Compared { get; private set; }

    public InstallTwin Both(Action<TemporaryTree> build)
    {
        build(_theirs);
        build(_ours);
        return this;
    }

    /// <summary>Runs one systemctl command line in both trees and compares messages, failure and the trees.</summary>
    public InstallTwin Step(params string[] command)
    {
        var (code, _, error) = Systemctl(command);
        if (error.Contains("Failed to look up unit file state", StringComparison.Ordinal))
        {
            // systemctl looks before it leaps, past generators' units, and does not get as far as the operation.
            return this;
        }

        var theirs = Relevant(error.Split('\n').Select(l => l.Replace(_theirs.Root, "ROOT", StringComparison.Ordinal)));
        var result = Perform(command);
        Compared += result.Changes.Count;
        var verb = Verb(command);
        var ours = Relevant(result.Changes.Select(
            c => InstallMessages.ForClient(c, verb).Replace(_ours.Root, "ROOT", StringComparison.Ordinal)));

        var what = string.Join(' ', command);
        Same(what, string.Join('\n', theirs), string.Join('\n', ours));
        Same(what, _theirs.Listing(), _ours.Listing());
        Assert.True((code != 0) == (result.Error != InstallError.None), $"{what}: exit code {code}, ours {result.Error}: {error}");
        return this;
    }

    /// <summary>Compares is-enabled of every unit name given and the whole of list-unit-files.</summary>
    public InstallTwin SameStates(params string[] names)
    {
        foreach (var name in names)
        {
            var (_, output, _) = Systemctl(["is-enabled", name]);
            var failure = Installer().GetState(name, out var state);
            var ours = failure == InstallError.None ? state.ToText() : "failed";
            var theirs = output.Length == 0 ? "failed" : output.Trim();
            Assert.Equal($"{name} {theirs}", $"{name} {ours}");
        }

        var (_, list, _) = Systemctl(["--no-legend", "--no-pager", "--full", "list-unit-files"]);
        var presets = Installer().ReadPresets();
        var rows = Installer().ListUnitFiles().Select(e => $"{e.Name} {e.State.ToText()} {PresetColumn(presets, e)}");
        var expected = list.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Same(
            "list-unit-files", string.Join('\n', expected.Order(StringComparer.Ordinal)),
            string.Join('\n', rows.Order(StringComparer.Ordinal)));
        return this;
    }

    public UnitFileInstaller Installer()
    {
        var files = new RealFileSystem(_ours.Root);
        return new UnitFileInstaller(
            UnitSearchPath.For(RuntimeScope.System, s_env, asHost ? null : _ours.Root), files, new SpecifierHost(RuntimeScope.System, s_env, files));
    }

    /// <summary>Whether this machine lets us put a tree in place of its own.</summary>
    public static void RequireHost()
    {
        Oracle.Require("systemctl");
        Oracle.Require("unshare");
        Skip.IfNot(Oracle.Run("unshare", ["-m", "true"]).Code == 0, "mount namespaces need root");
        Skip.IfNot(Array.TrueForAll(s_mounted, Directory.Exists), "the directories to mount on are missing");
        Skip.IfNot(new DirectoryInfo("/lib").LinkTarget is not null, "/lib is not below /usr");
    }

    public void Dispose()
    {
        _theirs.Dispose();
        _ours.Dispose();
    }

    private static string PresetColumn(PresetRules presets, UnitFileEntry entry) =>
        entry.State is UnitFileState.Alias or UnitFileState.Static or UnitFileState.Generated or UnitFileState.Transient ? "-"
            : presets.IsEnabled(UnitName.Parse(entry.Name)) ? "enabled" : "disabled";

    private (int Code, string Output, string Error) Systemctl(string[] command)
    {
        if (!asHost)
        {
            return Oracle.Run("systemctl", ["--root=" + _theirs.Root, .. command]);
        }

        var script = "";
        foreach (var directory in s_mounted)
        {
            _theirs.Dir(directory);
            _ours.Dir(directory);
            script += $"mount --bind {_theirs.Root}{directory} {directory} && ";
        }

        return Oracle.Run("unshare", ["-m", "sh", "-c", script + "exec systemctl \"$@\"", "sh", .. command], ("SYSTEMD_OFFLINE", "1"));
    }

    private void Same(string what, string theirs, string ours) => Assert.True(
        string.Equals(theirs, ours, StringComparison.Ordinal),
        $"{what}\n--- systemd\n{theirs}\n--- ours\n{ours}\n--- tree\n{_theirs.Listing()}");

    /// <summary>What systemctl calls it in "Failed to ... unit".</summary>
    private static string Verb(string[] command) => command.First(a => !a.StartsWith('-')) switch
    {
        "add-wants" or "add-requires" => "add dependency on",
        "set-default" => "set default",
        "preset-all" => "preset",
        var verb => verb,
    };

    /// <summary>The closing line says the first failure again, or that there was nothing to do: the client's business.</summary>
    private static IEnumerable<string> Relevant(IEnumerable<string> lines) => lines.Where(
        l => l.StartsWith("Created symlink", StringComparison.Ordinal) || l.StartsWith("Removed \"", StringComparison.Ordinal)
            || l.StartsWith("Unit ", StringComparison.Ordinal) || l.StartsWith("Failed to", StringComparison.Ordinal))
        .Where(l => !IsClosing(l));

    private static bool IsClosing(string line)
    {
        var words = line.Split(' ');
        return line.StartsWith("Failed to", StringComparison.Ordinal) && words.Length > 2 && words[2].EndsWith(':');
    }

    private InstallResult Perform(string[] command)
    {
        var flags = UnitFileFlags.None;
        var mode = PresetMode.Full;
        foreach (var option in command.Where(a => a.StartsWith('-')))
        {
            flags |= option switch { "--runtime" => UnitFileFlags.Runtime, "--force" => UnitFileFlags.Force, _ => UnitFileFlags.None };
            mode = option switch
            {
                "--preset-mode=enable-only" => PresetMode.EnableOnly,
                "--preset-mode=disable-only" => PresetMode.DisableOnly,
                _ => mode,
            };
        }

        var words = command.Where(a => !a.StartsWith('-')).ToArray();
        var names = words[1..];
        var installer = Installer();
        return words[0] switch
        {
            "enable" => installer.Enable(names, flags),
            "disable" => installer.Disable(names, flags),
            "reenable" => installer.Reenable(names, flags),
            "mask" => installer.Mask(names, flags),
            "unmask" => installer.Unmask(names, flags),
            "link" => installer.Link(names, flags),
            "preset" => installer.Preset(names, mode, flags),
            "preset-all" => installer.PresetAll(mode, flags),
            "revert" => installer.Revert(names),
            "add-wants" => installer.AddDependency(names[1..], names[0], requires: false, flags),
            "add-requires" => installer.AddDependency(names[1..], names[0], requires: true, flags),
            // systemctl itself adds the force.
            "set-default" => installer.SetDefault(names[0], flags | UnitFileFlags.Force),
            _ => throw new ArgumentException(words[0], nameof(command)),
        };
    }
}
