using System.Text;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

/// <summary>Starts real commands and reads what they print.</summary>
public sealed class ExecFixture : IDisposable
{
    private readonly EventLoop _loop = new();
    private readonly ChildReaper _reaper;
    private readonly Spawner _spawner;
    private readonly Dictionary<int, ChildExit> _exits = [];

    public ExecFixture()
    {
        _reaper = new ChildReaper(_loop, exit => _exits[exit.Pid] = exit);
        _spawner = new Spawner(_loop, _reaper);
        Directory = System.IO.Directory.CreateTempSubdirectory("trasgo-exec-").FullName;

        // Other users enter it in some tests.
        File.SetUnixFileMode(Directory, (UnixFileMode)0x1ED);
    }

    public string Directory { get; }

    internal ExecConfig Config { get; } = new() { StandardOutput = ExecOutput.Journal };

    internal ControlGroups Groups { get; init; } = ControlGroups.Open($"trasgo-exec-test-{Guid.NewGuid():N}");

    internal Users Users { get; set; } = Users.System;

    internal string? Home { get; set; }

    internal IReadOnlyList<string> NssHelper { get; set; } = ["/bin/false"];

    internal string PamHelper { get; set; } = "/bin/false";

    /// <summary>What became of the last command that had to prepare itself first.</summary>
    internal ExecResult? Executed { get; private set; }

    internal ExecHost Host => new()
    {
        PamHelper = PamHelper,
        Groups = Groups,
        Users = Users,
        NssHelper = NssHelper,
        IsInit = true,
        Variable = name => name switch { "PASSED" => "on", "HOME" => Home, _ => null },
        Directories = new DirectoryPrefixes($"{Directory}/run", $"{Directory}/lib", $"{Directory}/cache", $"{Directory}/log", $"{Directory}/etc"),
    };

    internal ExecParameters Parameters(string path, params string[] arguments) => new()
    {
        UnitId = "test.service",
        Config = Config,
        Command = new ExecCommand(path, [path, .. arguments], ExecCommandFlags.None),
        ManagerEnvironment = ["PATH=/usr/bin:/bin"],
    };

    internal ExecParameters Shell(string script) => Parameters("/bin/sh", "-c", script.Replace("$", "$$"));

    internal (ExecResult Result, ChildExit? Exit, string Output) Run(ExecParameters parameters)
    {
        var (read, write) = Pipe.Create().OrThrow("pipe2");
        using (read)
        {
            ExecResult? result = null;
            result = new CommandStarter(_loop, _spawner, Host).Start(parameters with { LogOutput = write }, r => result = r, r => Executed = r);
            RunUntil(() => result is not null);
            write.Dispose();
            if (result!.Value.IsPreparing)
            {
                // It talks with the loop until then.
                RunUntil(() => Executed is not null);
            }

            var output = Encoding.UTF8.GetString(FileSystem.Read(read, 1 << 20).OrThrow("read"));
            if (result!.Value.Pid == 0)
            {
                return (result.Value, null, output);
            }

            RunUntil(() => _exits.ContainsKey(result.Value.Pid));
            result.Value.Spawn.PidFd?.Dispose();
            return (result.Value, _exits[result.Value.Pid], output);
        }
    }

    /// <summary>The output of a command that must succeed.</summary>
    internal string Output(ExecParameters parameters)
    {
        var (result, exit, output) = Run(parameters);
        Assert.True(result.Ok, result.Message);
        Assert.True(exit!.Value.IsSuccess, $"{exit}: {output}");
        return output;
    }

    internal void RunUntil(Func<bool> condition)
    {
        var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
        while (!condition())
        {
            Assert.True(SystemTime.Instance.Now(Clock.Monotonic) < deadline, "nothing happened for ten seconds");
            _loop.RunOnce(100_000);
        }
    }

    public void Dispose()
    {
        _spawner.Dispose();
        _reaper.Dispose();
        _loop.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    internal static void NeedRoot() => Skip.IfNot(ProcessControl.EffectiveUid == 0, "needs root");
}
