namespace Trasgo.Linux.Tests;

public sealed class ProcessHandleTests
{
    private const string LastPid = "/proc/sys/kernel/ns_last_pid";
    private const int Attempts = 200;

    [SkippableFact]
    public void Handle_OfAProcessWhosePidWasReused_NeverSignalsTheNewOne()
    {
        using var fixture = new SpawnFixture();
        var first = fixture.Spawn(Sleeper());
        var handle = new ProcessHandle(first.Pid, first.PidFd);
        Skip.If(handle.PidFd is null, "the kernel has no pidfds");
        handle.Signal(Signo.SIGKILL, out _);
        fixture.WaitFor(first with { PidFd = null });

        var second = Reuse(fixture, first.Pid);
        Skip.If(second is null, "the PID could not be had again");

        Assert.False(handle.IsAlive);
        Assert.False(handle.Signal(Signo.SIGKILL, out var error));
        Assert.False(handle.SignalQueue(Signo.SIGTERM, 7, out _));
        Assert.Equal(Errno.ESRCH, error);
        Assert.Equal(first.Pid, second.Value.Pid);
        Assert.False(Processes.IsZombie(second.Value.Pid));

        Processes.Kill(second.Value.Pid, Signo.SIGKILL);
        fixture.WaitFor(second.Value);
        handle.Dispose();
    }

    private static SpawnProgram Sleeper()
    {
        var program = new SpawnProgram();
        program.ResetSignals();
        program.SignalMask(default);
        program.Execute(["/bin/sleep"], ["sleep", "1000"], ["A=b"]);
        return program;
    }

    /// <summary>Other processes take PIDs at the same time, so it may need more than one try.</summary>
    private static SpawnResult? Reuse(SpawnFixture fixture, int pid)
    {
        for (var i = 0; i < Attempts; i++)
        {
            if (FileSystem.WriteValue(LastPid, $"{pid - 1}") != Errno.None)
            {
                return null;
            }

            var result = fixture.Spawn(Sleeper());
            if (result.Pid == pid)
            {
                return result;
            }

            Processes.Kill(result.Pid, Signo.SIGKILL);
            fixture.WaitFor(result);
        }

        return null;
    }
}
