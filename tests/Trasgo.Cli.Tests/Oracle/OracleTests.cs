using System.Text.RegularExpressions;
using Trasgo.Oracle;

namespace Trasgo.Cli.Tests.Oracle;

/// <summary>One Debian container with systemd in it, kept over all cases, with our commands in a folder of their own.</summary>
public sealed class SystemdContainer : IDisposable
{
    internal const string Links = "/usr/local/trasgo";

    private readonly Lazy<Container> _container = new(static () =>
    {
        var container = Container.Boot(ManagerKind.Systemd, quiet: false, []);
        var folder = $"/proc/{container.Leader}/root{Links}";
        Directory.CreateDirectory(folder);
        File.Copy(Machine.Binary, $"{folder}/trasgo");
        foreach (var link in Commands.CommandTable.Commands.SelectMany(static command => command.LinkNames))
        {
            File.CreateSymbolicLink($"{folder}/{link}", "trasgo");
        }

        return container;
    });

    internal Container Container => _container.Value;

    public void Dispose()
    {
        if (_container.IsValueCreated)
        {
            _container.Value.Dispose();
        }
    }
}

/// <summary>
/// Debian's command and ours of the same name, one after the other, against the same systemd: outputs, messages and exit
/// statuses are equal. A case is a paragraph of the text file that bears the command's name. It leaves things as it found them;
/// a line with an exclamation mark is a shell command that prepares something, and one may start with variables.
/// </summary>
public sealed partial class OracleTests(SystemdContainer systemd) : IClassFixture<SystemdContainer>
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);
    private static readonly string s_folder = Path.Combine(Machine.Root, "tests/Trasgo.Cli.Tests/Oracle");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(s_folder, "*.txt").Order(StringComparer.Ordinal))
            {
                var paragraphs = File.ReadAllText(file)
                    .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                foreach (var paragraph in paragraphs)
                {
                    cases.Add(Path.GetFileNameWithoutExtension(file), paragraph);
                }
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Case_ByBothCommands_LooksTheSame(string command, string lines)
    {
        var reason = Machine.ReasonToSkip();
        Skip.If(reason is not null, reason);

        var expected = await RunAsync(command, lines);
        var actual = await RunAsync($"PATH={SystemdContainer.Links}:$PATH {command}", lines);

        Assert.Equal(expected, actual);
    }

    private async Task<string> RunAsync(string program, string lines)
    {
        var transcript = "";
        foreach (var line in lines.Split('\n'))
        {
            var variables = Variables().Match(line).Length;
            var command = line.StartsWith('!') ? line[1..] : $"{line[..variables]} {program} {line[variables..]}";
            var result = await systemd.Container.RunAsync(command, s_deadline);
            transcript += $"$ {line}\n{Mask(result.Output)}\n{Mask(result.Errors)}\n[{result.Status}]\n";
        }

        return transcript;
    }

    private static string Mask(string text) => JobNumber().Replace(Masks.Apply(text), "job <job> ");

    [GeneratedRegex(@"^([A-Z_]+=\S* )*")]
    private static partial Regex Variables();

    [GeneratedRegex(@"\bjob \d+ ")]
    private static partial Regex JobNumber();
}
