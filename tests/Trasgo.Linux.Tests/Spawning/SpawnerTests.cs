namespace Trasgo.Linux.Tests;

public sealed class SpawnerTests : IDisposable
{
    private static readonly string[] s_environment = ["PATH=/usr/bin:/bin"];

    private readonly SpawnFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Program_ThatExecutesTrue_ExitsWithZero()
    {
        var program = new SpawnProgram();
        program.ResetSignals();
        program.Execute(["/bin/true"], ["true"], s_environment);

        var result = _fixture.Spawn(program);

        Assert.True(result.Ok);
        Assert.True(result.Pid > 0);
        Assert.Equal(new ChildExit(result.Pid, ChildExitCode.Exited, 0), _fixture.WaitFor(result));
    }

    [Fact]
    public void Program_WhoseFileIsMissing_FailsInExecAndExitsWith203()
    {
        var program = new SpawnProgram();
        program.Execute(["/nonexistent/program"], ["program"], s_environment);

        var result = _fixture.Spawn(program);

        Assert.Equal((SpawnStep.Exec, Errno.ENOENT), (result.FailedStep, result.Error));
        Assert.Equal((ChildExitCode.Exited, 203), (_fixture.WaitFor(result).Code, _fixture.WaitFor(result).Status));
    }

    [Fact]
    public void Program_WhoseFileMayBeMissing_ExitsWithZero()
    {
        var program = new SpawnProgram();
        program.Execute(["/nonexistent/program"], ["program"], s_environment, missingIsSuccess: true);

        var result = _fixture.Spawn(program);

        Assert.Equal(SpawnStep.Exec, result.FailedStep);
        Assert.True(_fixture.WaitFor(result).IsSuccess);
    }

    [Fact]
    public void FailingStep_InTheMiddle_IsTheOneReported()
    {
        var program = new SpawnProgram();
        program.Umask(0x12);
        program.ChangeDirectory("/nonexistent");
        program.Execute(["/bin/true"], ["true"], s_environment);

        var result = _fixture.Spawn(program);

        Assert.Equal((SpawnStep.Chdir, Errno.ENOENT), (result.FailedStep, result.Error));
        Assert.Equal("chdir(\"/nonexistent\")", result.Note);
        Assert.Equal(200, _fixture.WaitFor(result).Status);
    }

    [Fact]
    public void Candidates_SomeMissingSomeNotExecutable_FirstThatWorksIsExecuted()
    {
        var (result, exit, output) = _fixture.Run(p =>
            p.Execute(["/nonexistent/echo", "/etc/passwd", "/bin/echo"], ["echo", "here"], s_environment));

        Assert.True(result.Ok);
        Assert.True(exit.IsSuccess);
        Assert.Equal("here\n", output);
    }

    [Fact]
    public void Arguments_WithNewlinesAndUnicode_ArriveByteExact()
    {
        var (_, _, output) = _fixture.Run(p =>
            p.Execute(["/usr/bin/printf"], ["printf", "%s|%s|%s", "a\nb", string.Empty, "ñandú"], s_environment));

        Assert.Equal("a\nb||ñandú", output);
    }

    [Fact]
    public void Execute_WithEmptyArgv_IsRefused() // CVE-2021-4034
    {
        using var program = new SpawnProgram();

        Assert.Throws<ArgumentException>(() => program.Execute(["/bin/true"], [], s_environment));
    }

    [Fact]
    public void VariableWithPid_InTheEnvironment_IsTheChildsOwn()
    {
        var (result, _, output) = _fixture.Run(p =>
        {
            var variable = p.VariableWithPid("LISTEN_PID");
            p.Execute(["/usr/bin/env"], ["env"], [variable]);
        });

        Assert.Equal($"LISTEN_PID={result.Pid}\n", output);
    }

    [Fact]
    public void Signals_BlockedAndIgnoredByUs_AreDefaultInTheProgram()
    {
        var (_, _, output) = _fixture.Run(p =>
        {
            p.IgnoreSignal(Signo.SIGPIPE);
            p.SignalMask(default);
            p.Execute(["/bin/grep"], ["grep", "^Sig[BI]", "/proc/self/status"], s_environment);
        });

        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000001000\n", output);
    }

    [Fact]
    public void Descriptors_OfOurs_AreNotInherited()
    {
        using var mine = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
        var (_, _, output) = _fixture.Run(p => p.Execute(["/bin/sh"], ["sh", "-c", "echo /proc/self/fd/*"], s_environment));

        Assert.DoesNotContain($"/fd/{mine.Raw} ", output + " ");
        Assert.Contains("/proc/self/fd/1", output);
    }

    [Fact]
    public void ManyAtOnce_EveryExitIsReportedOnceAndAfterItsSpawn()
    {
        const int Count = 200;
        var spawned = new HashSet<int>();
        var exits = new List<ChildExit>();
        var strangers = 0;
        _fixture.Reaper.Handler = exit =>
        {
            exits.Add(exit);
            strangers += spawned.Contains(exit.Pid) ? 0 : 1;
        };
        for (var i = 0; i < Count; i++)
        {
            var program = new SpawnProgram();
            program.Execute(["/bin/true"], ["true"], s_environment);
            _fixture.Spawner.Spawn(program, result =>
            {
                Assert.True(result.Ok);
                spawned.Add(result.Pid);
                result.PidFd?.Dispose();
            });
        }

        _fixture.RunUntil(() => exits.Count == Count);

        Assert.Equal(0, strangers);
        Assert.Equal(Count, exits.Select(static e => e.Pid).Distinct().Count());
        Assert.Equal(0, _fixture.Spawner.InFlight);
    }

    [Fact]
    public void Exit_WhileTheHandlerRuns_IsStillAZombie()
    {
        bool? zombie = null;
        _fixture.Reaper.Handler = exit => zombie = Processes.IsZombie(exit.Pid);
        var program = new SpawnProgram();
        program.Execute(["/bin/true"], ["true"], s_environment);
        var result = _fixture.Spawn(program);
        result.PidFd?.Dispose();

        _fixture.RunUntil(() => zombie is not null);

        Assert.True(zombie);
        Assert.False(Processes.Exists(result.Pid));
    }

    [Fact]
    public void Signal_ThroughTheHandle_KillsTheProcess()
    {
        var program = new SpawnProgram();
        program.ResetSignals();
        program.SignalMask(default);
        program.Execute(["/bin/sleep"], ["sleep", "1000"], s_environment);
        var result = _fixture.Spawn(program);
        var handle = new ProcessHandle(result.Pid, result.PidFd);

        Assert.True(handle.IsAlive);
        Assert.True(handle.Signal(Signo.SIGTERM, out _));
        var exit = _fixture.WaitFor(result with { PidFd = null });

        Assert.Equal((ChildExitCode.Killed, Signo.SIGTERM), (exit.Code, exit.Status));
        Assert.False(handle.Signal(Signo.SIGTERM, out var error));
        Assert.Equal(Errno.ESRCH, error);
        handle.Dispose();
    }

    [Fact]
    public void Describe_OfAProgram_NamesEveryStep()
    {
        using var program = new SpawnProgram();
        program.SetSession();
        program.SetUser(33);
        program.Execute(["/bin/true"], ["true"], s_environment);

        Assert.Equal(
            "220/SETSID  setsid()\n217/USER  setresuid(33, 33, 33)\n203/EXEC  execve(/bin/true, [\"true\"], 1 variables)\n",
            program.Describe());
    }
}
