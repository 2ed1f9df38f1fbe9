using Trasgo.Linux;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Tests;

public sealed class GeneratorsTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();
    private readonly FakeLog _log = new();
    private readonly EventLoop _loop = new();
    private readonly ChildReaper _reaper;
    private readonly Spawner _spawner;
    private Generators? _generators;

    public GeneratorsTests()
    {
        _reaper = new ChildReaper(_loop, exit => Assert.True(_generators!.OnChildExited(exit)));
        _spawner = new Spawner(_loop, _reaper);
        Directory.CreateDirectory(_root["early"]);
        Directory.CreateDirectory(_root["late"]);
    }

    private string Output => _root["run/systemd/generator"];

    public void Dispose()
    {
        _generators?.Dispose();
        _spawner.Dispose();
        _reaper.Dispose();
        _loop.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void Generators_Run_GetDirectoriesAndEnvironment()
    {
        Script("early/one", "printf '%s\\n' \"$@\" > \"$1/arguments\"; env | sort > \"$2/environment\"; echo $$ > \"$3/pid\"");

        Run();

        Assert.Equal([Output, Output + ".early", Output + ".late"], File.ReadAllLines(Output + "/arguments"));
        var environment = File.ReadAllLines(Output + ".early/environment");
        Assert.Contains("SYSTEMD_SCOPE=user", environment);
        Assert.Contains("SYSTEMD_ARCHITECTURE=" + HostArchitecture.Name, environment);
        Assert.Contains("GIVEN=by the manager", environment);
        Assert.Contains("SYSTEMD_EXEC_PID=" + File.ReadAllText(Output + ".late/pid").Trim(), environment);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Generator_InTwoDirectories_RunsFromTheFirst()
    {
        Script("early/one", "touch \"$1/first\"");
        Script("late/one", "touch \"$1/second\"");
        File.CreateSymbolicLink(_root["early/two"], "/dev/null");
        Script("late/two", "touch \"$1/masked\"");
        Script("late/.hidden", "touch \"$1/hidden\"");
        Script("late/three.dpkg-old", "touch \"$1/backup\"");
        File.WriteAllText(_root["late/four"], "touch");

        Run();

        Assert.Equal(["first"], Directory.GetFiles(Output).Select(static path => Path.GetFileName(path)));
        Assert.False(Directory.Exists(Output + ".early"));
    }

    [Fact]
    public void Generators_RunAgain_StartFromEmptyDirectories()
    {
        File.WriteAllText(_root["outside"], "stays");
        Script("early/one", "mkdir \"$1/x.wants\"; ln -s \"" + _root["outside"] + "\" \"$1/x.wants/y\"; touch \"$1/z\"");
        Run();
        File.Delete(_root["early/one"]);
        Script("early/two", "touch \"$2/new\"");

        Run();

        Assert.False(Directory.Exists(Output));
        Assert.True(File.Exists(Output + ".early/new"));
        Assert.Equal("stays", File.ReadAllText(_root["outside"]));
    }

    [Fact]
    public void Generator_ThatFails_IsToldAndTheOthersCount()
    {
        Script("early/fails", "exit 3");
        Script("early/killed", "kill -9 $$");
        File.WriteAllText(_root["early/broken"], "#!/nonexistent\n");
        File.SetUnixFileMode(_root["early/broken"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Script("early/works", "touch \"$1/done\"");

        Run();

        Assert.True(File.Exists(Output + "/done"));
        Assert.Contains($"Error: {_root["early/fails"]} failed with exit status 3, ignoring.", _log.Lines);
        Assert.Contains($"Error: {_root["early/killed"]} was killed by SIGKILL, ignoring.", _log.Lines);
        Assert.Contains(_log.Lines, line => line.StartsWith($"Error: Failed to execute {_root["early/broken"]}: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Generators_WithNothingToRun_AreDoneAtOnce()
    {
        var done = false;
        _generators = Make(withBuiltInUnits: true);

        _generators.RunAsync(() => done = true);

        Assert.True(done);
        Assert.False(_generators.IsRunning);
        Assert.True(File.Exists(Output + ".late/basic.target"));
    }

    private void Run()
    {
        _generators?.Dispose();
        _generators = Make(withBuiltInUnits: false);
        _generators.Run();
    }

    private Generators Make(bool withBuiltInUnits)
    {
        var env = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["XDG_RUNTIME_DIR"] = _root["run"],
            ["HOME"] = _root["home"],
            ["SYSTEMD_GENERATOR_PATH"] = _root["early"] + ":" + _root["late"],
            ["SYSTEMD_UNIT_PATH"] = _root["units"],
        };
        var search = UnitSearchPath.For(RuntimeScope.User, env);
        return new Generators(_loop, _spawner, search, new RealFileSystem(), _log)
        {
            ManagerEnvironment = static () => ["PATH=/usr/bin:/bin", "GIVEN=by the manager"],
            OwnEnvironment = env,
            WithBuiltInUnits = withBuiltInUnits,
        };
    }

    private void Script(string name, string text)
    {
        File.WriteAllText(_root[name], "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(_root[name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
