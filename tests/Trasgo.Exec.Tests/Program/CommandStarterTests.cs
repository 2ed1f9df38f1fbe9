using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Exec.Tests;

public sealed class CommandStarterTests : IDisposable
{
    private readonly ExecFixture _fixture = new();

    private ExecConfig Config => _fixture.Config;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Environment_FromAllSources_HasSystemdsPrecedence()
    {
        File.WriteAllText($"{_fixture.Directory}/env", "D=file\nE=file\n");
        Config.PassEnvironment.AddRange(["PASSED", "NOT_THERE"]);
        Config.Environment.AddRange(["B=config", "C=config", "D=config", "GONE=x"]);
        Config.EnvironmentFiles.Add(new OptionalPath($"{_fixture.Directory}/env", false));
        Config.EnvironmentFiles.Add(new OptionalPath("/nonexistent", true));
        Config.UnsetEnvironment.Add("GONE");

        var output = _fixture.Output(_fixture.Parameters("/usr/bin/env") with
        {
            ManagerEnvironment = ["PATH=/bin", "A=manager", "B=manager"],
            UnitEnvironment = [new("NOTIFY_SOCKET", "/run/notify"), new("C", "unit")],
            InvocationId = "0123456789abcdef0123456789abcdef",
        });

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            [
                "PATH=/bin", "A=manager", "B=config", "NOTIFY_SOCKET=/run/notify", "C=config",
                "INVOCATION_ID=0123456789abcdef0123456789abcdef", "PASSED=on", "D=file", "E=file",
            ],
            lines.Where(static line => !line.StartsWith("SYSTEMD_EXEC_PID")));
    }

    [Fact]
    public void EnvironmentFile_Missing_FailsBeforeThereIsAProcess()
    {
        Config.EnvironmentFiles.Add(new OptionalPath("/nonexistent", false));

        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/true"));

        Assert.Null(exit);
        Assert.Equal((0, SpawnStep.Fork, Errno.ENOENT), (result.Pid, result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Equal("Failed to load environment files: No such file or directory", result.Message);
    }

    [Fact]
    public void EnvironmentFile_Pattern_ReadsAllMatchesInOrder()
    {
        File.WriteAllText($"{_fixture.Directory}/b.env", "X=b\n");
        File.WriteAllText($"{_fixture.Directory}/a.env", "X=a\n");
        Config.EnvironmentFiles.Add(new OptionalPath($"{_fixture.Directory}/*.env", false));

        Assert.Equal("b\n", _fixture.Output(_fixture.Shell("echo $X")));
    }

    [Fact]
    public void Variables_WithThePid_AreTheProcessesOwn()
    {
        using var file = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
        var (result, _, output) = _fixture.Run(_fixture.Shell("echo $LISTEN_PID $WATCHDOG_PID $SYSTEMD_EXEC_PID $LISTEN_FDS $LISTEN_FDNAMES $WATCHDOG_USEC") with
        {
            WatchdogUsec = 3_000_000,
            Descriptors = [new(file, "first"), new(file, "second")],
        });

        Assert.Equal($"{result.Pid} {result.Pid} {result.Pid} 2 first:second 3000000\n", output);
    }

    [Fact]
    public void Descriptors_Passed_AreFromThreeOnAndNoOthersAreOpen()
    {
        using var a = FileSystem.Open("/etc/passwd", OpenFlags.ReadOnly).OrThrow("open");
        using var b = FileSystem.Open("/etc/group", OpenFlags.ReadOnly).OrThrow("open");

        var output = _fixture.Output(_fixture.Shell("readlink /proc/$$/fd/3 /proc/$$/fd/4; ls /proc/$$/fd") with { Descriptors = [new(a, "a"), new(b, "b")] });

        // The shell keeps its own script descriptor, if any, from 10 on.
        Assert.StartsWith("/etc/passwd\n/etc/group\n0\n1\n2\n3\n4\n", output);
    }

    [Fact]
    public void Descriptors_WhoseNumbersAreEachOthersTargets_ArriveUnmixed()
    {
        var files = Enumerable.Range(0, 40).Select(i =>
        {
            File.WriteAllText($"{_fixture.Directory}/{i}", $"{i}\n");
            return FileSystem.Open($"{_fixture.Directory}/{i}", OpenFlags.ReadOnly).OrThrow("open");
        }).Reverse().ToArray();

        var output = _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "for i in $$(seq 3 42); do cat <&$$i; done") with
        {
            Descriptors = [.. files.Select(static f => new NamedDescriptor(f, "f"))],
        });

        Assert.Equal(Enumerable.Range(0, 40).Reverse().Select(static i => $"{i}"), output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Array.ForEach(files, static f => f.Dispose());
    }

    [Fact]
    public void Arguments_WithVariables_AreExpandedUnlessTheCommandSaysNot()
    {
        Config.Environment.Add("X=a b");

        Assert.Equal("[a][b][a b]", _fixture.Output(_fixture.Parameters("/usr/bin/printf", "[%s]", "$X", "${X}")));

        var literal = _fixture.Parameters("/usr/bin/printf", "[%s]", "$X");
        Assert.Equal("[$X]", _fixture.Output(literal with { Command = new ExecCommand(literal.Command.Path, literal.Command.Argv, ExecCommandFlags.NoEnvExpand) }));
    }

    [Fact]
    public void Argv_EmptyAfterExpansion_IsNeverExecuted() // CVE-2021-4034
    {
        var parameters = _fixture.Parameters("/bin/true") with { Command = new ExecCommand("/bin/true", ["$NOTHING"], ExecCommandFlags.None) };

        var (result, exit, _) = _fixture.Run(parameters);

        Assert.Equal((SpawnStep.Exec, Errno.EINVAL), (result.Spawn.FailedStep, result.Spawn.Error));
        Assert.Equal(203, exit!.Value.Status);
    }

    [Fact]
    public void Executable_Missing_Is203AndSaysSo()
    {
        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/nonexistent/daemon"));

        Assert.Equal(203, exit!.Value.Status);
        Assert.Equal("Failed to locate executable /nonexistent/daemon: No such file or directory", result.Message);
    }

    [Fact]
    public void Executable_ByName_IsFoundInTheSearchPath()
    {
        File.Copy("/bin/echo", $"{_fixture.Directory}/speak");
        Config.ExecSearchPath.Add(_fixture.Directory);

        Assert.Equal("hello\n", _fixture.Output(_fixture.Parameters("speak", "hello")));
        Assert.Equal(_fixture.Directory + "\n", _fixture.Output(_fixture.Parameters("/bin/sh", "-c", "echo $$PATH") with { Command = new ExecCommand("/bin/sh", ["sh", "-c", "echo $$PATH"], ExecCommandFlags.None) }));
    }

    [Fact]
    public void Session_OfACommand_IsItsOwn()
    {
        var (result, _, output) = _fixture.Run(_fixture.Shell("cut -d' ' -f6 /proc/$$/stat"));

        Assert.Equal($"{result.Pid}\n", output);
    }

    [Fact]
    public void Umask_AndSignals_AreAsSet()
    {
        Config.UMask = 0x3F;

        Assert.Equal("0077\n0000000000001000\n", _fixture.Output(_fixture.Shell("umask; grep SigIgn /proc/self/status | cut -f2")));

        Config.IgnoreSigPipe = false;
        Assert.Equal("0000000000000000\n", _fixture.Output(_fixture.Shell("grep SigIgn /proc/self/status | cut -f2")));
    }

    [Fact]
    public void WorkingDirectory_IsEnteredAndItsAbsenceIs200()
    {
        Config.WorkingDirectory = new WorkingDirectory("/usr", false, false);
        Assert.Equal("/usr\n", _fixture.Output(_fixture.Parameters("/bin/pwd")));

        Config.WorkingDirectory = new WorkingDirectory("/nonexistent", false, false);
        var (result, exit, _) = _fixture.Run(_fixture.Parameters("/bin/pwd"));
        Assert.Equal((200, Errno.ENOENT), (exit!.Value.Status, result.Spawn.Error));

        _fixture.Home = "/usr";
        Config.WorkingDirectory = new WorkingDirectory(null, Home: true, false);
        Assert.Equal("/usr /usr\n", _fixture.Output(_fixture.Shell("echo $HOME $(pwd)")));

        Config.WorkingDirectory = new WorkingDirectory("/nonexistent", false, MissingOk: true);
        Assert.True(_fixture.Run(_fixture.Parameters("/bin/true")).Exit!.Value.IsSuccess);
    }

    [Fact]
    public void Limits_AreSet()
    {
        Config.Limits[(int)ResourceLimitKind.OpenFiles] = new(100, 200);
        Config.Limits[(int)ResourceLimitKind.Core] = new(0, 0);

        Assert.Equal("100 200 0\n", _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "echo $$(ulimit -Sn) $$(ulimit -Hn) $$(ulimit -c)")));
    }

    /// <summary>The kernel has a ceiling for descriptors that it holds even root to, and "infinity" is above it.</summary>
    [Fact]
    public void Limits_OfDescriptorsWithoutEnd_AreAsHighAsTheKernelGoes()
    {
        Config.Limits[(int)ResourceLimitKind.OpenFiles] = new(ulong.MaxValue, ulong.MaxValue);
        var most = _fixture.Host.Can(CapabilityNumbers.SysResource)
            ? DescriptorLimit.Ceiling
            : ProcessControl.Limit(DescriptorLimit.Resource).OrThrow("getrlimit").Hard;

        Assert.Equal($"{most}\n", _fixture.Output(_fixture.Parameters("/bin/bash", "-c", "ulimit -n")));
    }

    [SkippableFact]
    public void Scheduling_NiceOomAffinityAndIo_AreSet()
    {
        ExecFixture.NeedRoot();
        Config.Nice = 7;
        Config.OomScoreAdjust = 321;
        Config.CpuAffinity.Add(0);
        Config.TimerSlackNsec = 12345;
        Config.IoPriority = (3 << 13) | 0;

        var output = _fixture.Output(_fixture.Shell(
            "cut -d' ' -f19 /proc/self/stat; cat /proc/self/oom_score_adj; grep Cpus_allowed_list /proc/self/status | cut -f2; cat /proc/self/timerslack_ns; ionice"));

        Assert.Equal("7\n321\n0\n12345\nidle\n", output);
        Assert.NotEqual("321", File.ReadAllText("/proc/self/oom_score_adj").Trim());
    }

    [SkippableFact]
    public void ControlGroup_Given_IsTheProcesses()
    {
        Skip.IfNot(_fixture.Groups.IsAvailable, "no control groups");
        var path = $"{_fixture.Groups.Root}/a";
        Assert.Equal(Errno.None, _fixture.Groups.Create(path));

        var output = _fixture.Output(_fixture.Parameters("/bin/cat", "/proc/self/cgroup") with { ControlGroup = path });

        Assert.Contains(path + "\n", output);
        _fixture.Groups.RemoveRoot();
        Assert.False(_fixture.Groups.Exists(_fixture.Groups.Root));
    }

    [Fact]
    public void Describe_OfACommand_SaysWhatWillHappenInOrder()
    {
        Config.User = "root";
        Config.UMask = 0x1F;
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop);
        using var spawner = new Spawner(loop, reaper);

        using var program = new CommandStarter(loop, spawner, _fixture.Host).Compile(_fixture.Parameters("/bin/true"))!;
        var lines = program.Describe().Split('\n');

        Assert.Equal("207/SIGNAL_MASK  every signal SIG_DFL", lines[0]);
        Assert.Contains("203/EXEC  umask(037)", lines);
        Assert.True(Array.IndexOf(lines, "217/USER  setresuid(0, 0, 0)") > Array.IndexOf(lines, "200/CHDIR  chdir(\"/\")"));
        Assert.StartsWith("203/EXEC  execve(/bin/true, [\"/bin/true\"]", lines[^2]);
    }

    [Fact]
    public void Compile_OfAConnectionsService_MakesNoTexts()
    {
        var (ours, theirs) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        using var one = ours;
        using var other = theirs;
        Config.StandardInput = ExecInput.Socket;
        Config.StandardOutput = ExecOutput.Socket;
        Config.StandardError = ExecOutput.Null;
        var parameters = _fixture.Parameters("/bin/true") with { Socket = theirs, UnitEnvironment = [new("REMOTE_ADDR", "127.0.0.1"), new("REMOTE_PORT", "7")] };
        using var loop = new EventLoop();
        using var reaper = new ChildReaper(loop, scope: ReapScope.Spawned);
        using var spawner = new Spawner(loop, reaper);
        var starter = new CommandStarter(loop, spawner, _fixture.Host);
        starter.Compile(parameters)!.Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        starter.Compile(parameters)!.Dispose();

        // It takes 900 bytes, and what code that is not optimized boxes. Texts of operations and variables would be 5,000 more.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5000);
    }
}
