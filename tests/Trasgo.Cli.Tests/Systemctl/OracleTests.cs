using Trasgo.Oracle;

namespace Trasgo.Cli.Tests.Systemctl;

/// <summary>One Debian container with systemd in it, kept over all cases.</summary>
public sealed class SystemdContainer : IDisposable
{
    private readonly Lazy<Container> _container = new(static () =>
    {
        var container = Container.Boot(ManagerKind.Systemd, quiet: false, []);
        File.Copy(Machine.Binary, $"/proc/{container.Leader}/root/usr/local/bin/trasgo");
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
/// Debian's systemctl and ours talk to the same systemd, one after the other: outputs, messages and exit statuses are equal.
/// A case is a paragraph of cases.txt, which leaves things as it found them.
/// </summary>
public sealed class OracleTests(SystemdContainer systemd) : IClassFixture<SystemdContainer>
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Cases =>
        [.. File.ReadAllText(Path.Combine(Machine.Root, "tests/Trasgo.Cli.Tests/Systemctl/cases.txt"))
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public async Task Case_ByBothClients_LooksTheSame(string commands)
    {
        var reason = Machine.ReasonToSkip();
        Skip.If(reason is not null, reason);

        var expected = await RunAsync("systemctl", commands);
        var actual = await RunAsync("/usr/local/bin/trasgo systemctl", commands);

        Assert.Equal(expected, actual);
    }

    private async Task<string> RunAsync(string program, string commands)
    {
        var transcript = "";
        foreach (var command in commands.Split('\n'))
        {
            var words = command.StartsWith('!') ? command[1..] : $"{program} {command}";
            var result = await systemd.Container.RunAsync(words, s_deadline);
            transcript += $"$ {command}\n{Masks.Apply(result.Output)}\n{Masks.Apply(result.Errors)}\n[{result.Status}]\n";
        }

        return transcript;
    }
}
