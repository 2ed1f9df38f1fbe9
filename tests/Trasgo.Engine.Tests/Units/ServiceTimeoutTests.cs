using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Everything that a service is given a time for, and what happens when it is over.</summary>
public class ServiceTimeoutTests
{
    [Theory]
    [InlineData("ExecCondition=/slow\nExecStart=/daemon", "condition")]
    [InlineData("ExecStartPre=/slow\nExecStart=/daemon", "start-pre")]
    [InlineData("Type=notify\nExecStart=/daemon", "start")]
    [InlineData("Type=forking\nExecStart=/daemon", "start")]
    [InlineData("ExecStart=/daemon\nExecStartPost=/slow", "start-post")]
    public void Start_ThatTakesTooLong_IsTerminated(string lines, string state)
    {
        using var world = new UnitWorld();
        var service = world.Service($"{lines}\nTimeoutStartSec=5\nExecStopPost=/exit/0");
        world.Start("a.service");
        Assert.Equal(state, service.SubState);
        var process = world.Processes.All.Last();

        world.Advance(4.9);
        Assert.Equal(state, service.SubState);
        world.Advance(0.2);

        Assert.Equal(["TERM", "CONT"], process.Signals);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.Timeout, service.Result);
        Assert.True(world.Logged($"a.service: {state} operation timed out. Terminating."));
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    [Fact]
    public void TimeoutStart_CountsForEachCommandAnew()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStartPre=/slow\nExecStartPre=/slow\nExecStart=/daemon\nTimeoutStartSec=5");
        world.Start("a.service");

        world.Advance(4);
        world.Exit(world.Control(service));
        world.Advance(4);
        world.Exit(world.Control(service));

        Assert.Equal(ServiceState.Running, service.State);
    }

    [Theory]
    [InlineData("terminate", "stop-sigterm", "TERM CONT")]
    [InlineData("abort", "stop-watchdog", "ABRT CONT")]
    [InlineData("kill", "stop-sigkill", "KILL")]
    [InlineData("kill\nSendSIGKILL=no\nExecStopPost=/slow", "stop-post", "")]
    public void TimeoutStartFailureMode_DecidesOnTheSignal(string mode, string state, string signals)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=notify\nExecStart=/daemon\nTimeoutStartSec=5\nTimeoutStartFailureMode={mode}");
        world.Start("a.service");
        var main = world.Main(service);
        main.IgnoresEverything = true;

        world.Advance(5);

        Assert.Equal(state, service.SubState);
        Assert.Equal(signals, string.Join(' ', main.Signals));
        Assert.Equal(ServiceResult.Timeout, service.Result);
    }

    [Fact]
    public void Stop_OfADaemonThatIgnoresIt_KillsAfterTheTimeout()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nTimeoutStopSec=5");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);
        main.Ignores.Add(15);
        child.Ignores.Add(15);

        world.Stop("a.service");
        Assert.Equal(ServiceState.StopSigterm, service.State);
        world.Advance(5);

        Assert.Equal(["TERM", "CONT", "KILL"], main.Signals);
        Assert.Equal(["TERM", "CONT", "KILL"], child.Signals);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.Timeout, service.Result);
        Assert.True(world.Logged("State 'stop-sigterm' timed out. Killing."));
        Assert.Equal("a.service/stop done", world.Jobs.Ended[^1]);
    }

    [Theory]
    [InlineData("terminate", "stop-sigterm", "TERM CONT")]
    [InlineData("abort", "stop-watchdog", "ABRT CONT")]
    [InlineData("kill", "stop-sigkill", "KILL")]
    [InlineData("kill\nSendSIGKILL=no\nExecStopPost=/slow", "stop-post", "")]
    public void ExecStop_ThatTakesTooLong_IsEndedAsTheFailureModeSays(string mode, string state, string signals)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nExecStop=/slow\nTimeoutStopSec=5\nTimeoutStopFailureMode={mode}");
        world.Start("a.service");
        var main = world.Main(service);
        main.IgnoresEverything = true;
        world.Stop("a.service");
        var control = world.Control(service);
        Assert.Equal(ServiceState.Stop, service.State);

        world.Advance(5);

        Assert.Equal(state, service.SubState);
        Assert.Equal(signals, string.Join(' ', main.Signals));
        Assert.Equal(signals, string.Join(' ', control.Signals));
        Assert.True(world.Logged("Stopping timed out. "));
    }

    [Fact]
    public void StopSigterm_WithAbort_AbortsBeforeItKills()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nTimeoutStopSec=5\nTimeoutAbortSec=7\nTimeoutStopFailureMode=abort");
        world.Start("a.service");
        var main = world.Main(service);
        main.Ignores.UnionWith([6, 15]);

        world.Stop("a.service");
        world.Advance(11.9);
        Assert.Equal(ServiceState.StopWatchdog, service.State);
        world.Advance(0.2);

        Assert.Equal(["TERM", "CONT", "ABRT", "CONT", "KILL"], main.Signals);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("State 'stop-watchdog' timed out. Killing."));
    }

    [Fact]
    public void StopSigterm_WithoutSigkill_LeavesTheProcessesAlone()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nTimeoutStopSec=5\nSendSIGKILL=no");
        world.Start("a.service");
        var main = world.Main(service);
        main.IgnoresEverything = true;

        world.Stop("a.service");
        world.Advance(5);
        Assert.Equal(ServiceState.FinalSigterm, service.State);
        world.Advance(5);

        Assert.DoesNotContain("KILL", main.Signals);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("State 'stop-sigterm' timed out. Skipping SIGKILL."));
        Assert.True(world.Logged("State 'final-sigterm' timed out. Skipping SIGKILL. Entering failed mode."));
        Assert.True(world.Logged($"Unit process {main.Pid} (daemon) remains running after unit stopped."));
    }

    [Fact]
    public void Processes_ThatSurviveSigkill_AreGivenUp()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nTimeoutStopSec=5");
        world.Start("a.service");
        world.Main(service).IgnoresEverything = true;

        world.Stop("a.service");
        world.Advance(25);

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("Processes still around after SIGKILL. Ignoring."));
        Assert.True(world.Logged("Processes still around after final SIGKILL. Entering failed mode."));
    }

    [Theory]
    [InlineData("terminate", "final-sigterm", "TERM CONT")]
    [InlineData("abort", "final-watchdog", "ABRT CONT")]
    [InlineData("kill", "final-sigkill", "KILL")]
    [InlineData("kill\nSendSIGKILL=no\nRestart=always", "failed", "")]
    public void ExecStopPost_ThatTakesTooLong_IsEndedAsTheFailureModeSays(string mode, string state, string signals)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nExecStopPost=/slow\nTimeoutStopSec=5\nTimeoutStopFailureMode={mode}");
        world.Start("a.service");
        world.Exit(world.Main(service));
        var control = world.Control(service);
        control.IgnoresEverything = true;
        Assert.Equal(ServiceState.StopPost, service.State);

        world.Advance(5);

        Assert.Equal(state, service.SubState);
        Assert.Equal(signals, string.Join(' ', control.Signals));
        Assert.True(world.Logged("State 'stop-post' timed out. "));
    }

    [Fact]
    public void Reload_ThatTakesTooLong_KillsItsCommandOnly()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecReload=/slow\nTimeoutStartSec=5");
        world.Start("a.service");
        world.Reload("a.service");
        var control = world.Control(service);

        world.Advance(5);

        Assert.Equal(["KILL"], control.Signals);
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(ServiceResult.Timeout, service.ReloadResult);
        Assert.Equal("a.service/reload failed", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void RuntimeMax_OverAReload_GoesOnCountingAndStopsTheService()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecReload=/exit/0\nExecStop=/exit/0 stop\nRuntimeMaxSec=10");
        world.Start("a.service");
        world.Advance(8);
        world.Reload("a.service");

        world.Advance(1.9);
        Assert.Equal(ServiceState.Running, service.State);
        world.Advance(0.2);

        Assert.Equal("/exit/0 stop", world.Commands.Last());
        Assert.Equal(ServiceResult.Timeout, service.Result);
        Assert.True(world.Logged("Service reached runtime time limit. Stopping."));
    }

    [Fact]
    public void Watchdog_ThatIsNotFed_AbortsAllProcesses()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon\nWatchdogSec=5");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);
        world.Advance(20);
        Assert.Equal(ServiceState.Start, service.State);
        world.Notify(main, "READY=1");

        world.Advance(4);
        world.Notify(main, "WATCHDOG=1");
        world.Advance(4);
        Assert.Equal(ServiceState.Running, service.State);
        world.Advance(1.1);

        Assert.Equal(["ABRT", "CONT"], main.Signals);
        Assert.Equal(["ABRT", "CONT"], child.Signals);
        Assert.Equal(ServiceResult.Watchdog, service.Result);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("Watchdog timeout (limit 5s)!"));
    }

    [Fact]
    public void Watchdog_SwitchedOff_OnlyWarns()
    {
        using var world = new UnitWorld();
        world.Context.ServiceWatchdogs = false;
        var service = world.Service("ExecStart=/daemon\nWatchdogSec=5");
        world.Start("a.service");

        world.Advance(6);

        Assert.Equal(ServiceState.Running, service.State);
        Assert.True(world.Logged("Watchdog disabled! Ignoring watchdog timeout (limit 5s)!"));
    }

    [Fact]
    public void WatchdogTrigger_AbortsAtOnceWithItsSignal()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main\nWatchdogSignal=SIGUSR1");
        world.Start("a.service");
        var main = world.Main(service);

        world.Notify(main, "STATUS=stuck", "WATCHDOG=trigger");

        Assert.Equal("USR1", main.Signals[0]);
        Assert.Equal(ServiceResult.Watchdog, service.Result);
        Assert.True(world.Logged("Watchdog request (last status: stuck)!"));
    }

    [Fact]
    public void WatchdogUsec_ReplacesTheIntervalForThisRun()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nWatchdogSec=5\nRestart=always");
        world.Start("a.service");
        world.Notify(world.Main(service), "WATCHDOG_USEC=20000000");

        world.Advance(19);
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(20_000_000ul, service.Watchdog.IntervalUsec);
        world.Advance(1.5);

        Assert.Equal(1u, service.RestartCount);
        Assert.Equal(5_000_000ul, service.Watchdog.IntervalUsec);
    }

    [Theory]
    [InlineData(5, 10, 13.9, false)]
    [InlineData(5, 10, 14.1, true)]
    [InlineData(20, 1, 15, false)]
    public void ExtendTimeout_OfAStart_MovesItsDeadlineButNeverNearer(int timeout, int extension, double until, bool timedOut)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=notify\nExecStart=/daemon\nTimeoutStartSec={timeout}");
        world.Start("a.service");
        world.Advance(4);

        world.Notify(world.Main(service), $"EXTEND_TIMEOUT_USEC={extension}000000");
        world.Advance(until - 4);

        Assert.Equal(timedOut, service.Result == ServiceResult.Timeout);
    }

    [Fact]
    public void ExtendTimeout_WhileRunning_MovesTheWatchdogToo()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nWatchdogSec=5");
        world.Start("a.service");

        world.Notify(world.Main(service), "EXTEND_TIMEOUT_USEC=30000000");
        world.Advance(29);
        Assert.Equal(ServiceState.Running, service.State);
        world.Advance(1.5);

        Assert.Equal(ServiceResult.Watchdog, service.Result);
    }

    [Fact]
    public void JobTimeout_WhenItPasses_FailsTheJobAndTakesItsAction()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon", "JobTimeoutSec=5\nJobTimeoutAction=poweroff\nOnFailure=b.service");
        world.Service("ExecStart=/other", name: "b.service");
        world.Start("a.service");

        world.Advance(5.1);

        Assert.Contains("a.service/start timeout", world.Jobs.Ended);
        Assert.Contains("/other", world.Commands);
        Assert.Equal(["PowerOff job timed out"], world.Emergencies, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(ServiceState.Start, service.State);
    }
}
