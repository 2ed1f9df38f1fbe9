using Trasgo.Engine.Jobs;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.State;

/// <summary>Services in the middle of everything, while the manager executes itself anew.</summary>
public sealed class ServiceStateTests : IDisposable
{
    private UnitWorld _world = new();

    public void Dispose() => _world.Dispose();

    private Service A => (Service)_world.Unit("a.service");

    [Theory]
    [InlineData("ExecStartPre=/pre\nExecStart=/daemon", "start-pre")]
    [InlineData("ExecCondition=/condition\nExecStart=/daemon", "condition")]
    [InlineData("Type=notify\nExecStart=/daemon", "start")]
    [InlineData("Type=forking\nExecStart=/daemon", "start")]
    [InlineData("ExecStart=/daemon\nExecStartPost=/post", "start-post")]
    [InlineData("ExecStart=/daemon", "running")]
    [InlineData("Type=oneshot\nRemainAfterExit=yes\nExecStart=/exit/0", "exited")]
    [InlineData("ExecStart=/exit/1", "failed")]
    [InlineData("ExecStart=/exit/1\nRestart=always\nRestartSec=9", "auto-restart")]
    public void State_OnTheWayUp_IsAsItWas(string lines, string subState)
    {
        _world.Service(lines);
        _world.Start("a.service");
        Assert.Equal(subState, A.SubState);
        var before = Facts();

        Reexecute();

        Assert.Equal(before, Facts());
        Assert.Empty(_world.Jobs.Begun);
        Assert.Empty(_world.Jobs.Ended);
        Assert.Empty(_world.Executor.Requests);
    }

    [Theory]
    [InlineData("ExecStart=/daemon\nExecStop=/stop", "stop")]
    [InlineData("ExecStart=/daemon", "stop-sigterm")]
    [InlineData("ExecStart=/daemon\nTimeoutStopSec=1", "stop-sigkill", 1.5)]
    [InlineData("ExecStart=/daemon\nTimeoutStopSec=1\nTimeoutStopFailureMode=abort", "stop-watchdog", 1.5)]
    public void State_OnTheWayDown_IsAsItWas(string lines, string subState, double seconds = 0)
    {
        _world.Service(lines);
        _world.Start("a.service");
        _world.Main(A).IgnoresEverything = true;
        _world.Stop("a.service");
        _world.Advance(seconds);
        Assert.Equal(subState, A.SubState);
        var before = Facts();

        Reexecute();

        Assert.Equal(before, Facts());
        _world.Exit(_world.Main(A));
        if (subState == "stop")
        {
            _world.Exit(_world.Control(A));
        }

        Assert.True(A.IsInactiveOrFailed);
        Assert.Equal(["a.service/stop done"], _world.Jobs.Ended);
    }

    [Fact]
    public void Start_ThatWaitsForReady_IsDoneByIt()
    {
        _world.Service("Type=notify\nExecStart=/daemon");
        _world.Start("a.service");

        Reexecute();
        _world.Notify(_world.Main(A), "READY=1");

        Assert.Equal(ServiceState.Running, A.State);
        Assert.Equal(["a.service/start done"], _world.Jobs.Ended);
    }

    [Fact]
    public void Start_ThatTakesTooLong_FailsAtItsOwnTime()
    {
        _world.Service("Type=notify\nExecStart=/daemon\nTimeoutStartSec=10");
        _world.Start("a.service");
        _world.Advance(6);

        Reexecute();
        _world.Advance(3.9);
        Assert.Equal(ServiceState.Start, A.State);
        _world.Advance(0.2);

        Assert.Equal(ServiceResult.Timeout, A.Result);
        Assert.Equal(["a.service/start failed"], _world.Jobs.Ended);
    }

    [Fact]
    public void Commands_InTheMiddleOfAList_GoOnWithTheNext()
    {
        _world.Service("Type=oneshot\nExecStart=/one\nExecStart=/two\nExecStart=/two\nExecStart=/three");
        _world.Start("a.service");
        _world.Exit(_world.Main(A));
        Assert.Equal(["/one", "/two"], _world.Commands);

        Reexecute();
        _world.Exit(_world.Main(A));
        _world.Exit(_world.Main(A));

        Assert.Equal(["/two", "/three"], _world.Commands);
    }

    [Fact]
    public void Commands_WhoseListHasChangedMeanwhile_GoOnAfterTheirOwnPlace()
    {
        _world.Service("Type=oneshot\nExecStart=/one\nExecStart=/two\nExecStart=/three");
        _world.Start("a.service");

        Reexecute(() => _world.File("a.service", "[Service]\nType=oneshot\nExecStart=/new\nExecStart=/one\nExecStart=/four"));
        _world.Exit(_world.Main(A));

        Assert.Equal(["/four"], _world.Commands);
    }

    [Fact]
    public void Command_WhoseFailureIsIgnored_FailsWithoutHarmAfterwards()
    {
        _world.Service("Type=oneshot\nExecStart=-/one");
        _world.Start("a.service");

        Reexecute(() => _world.File("a.service", "[Service]\nType=oneshot\nExecStart=/other"));
        _world.Exit(_world.Main(A), 3);

        Assert.Equal(ServiceResult.Success, A.Result);
    }

    [Fact]
    public void Exit_WhileNobodyIsThere_IsHeardOfAfterwards()
    {
        _world.Service("ExecStart=/daemon\nRestart=always\nRestartSec=1");
        _world.Start("a.service");
        var main = _world.Main(A);

        Reexecute(() => _world.Processes.End(main, 2, Signo.SIGKILL));

        Assert.Equal(ServiceState.AutoRestart, A.State);
        _world.Advance(1);
        Assert.Equal(ServiceState.Running, A.State);
        Assert.Equal(1u, A.RestartCount);
    }

    [Fact]
    public void Reload_ThatRuns_EndsWithItsJob()
    {
        _world.Service("ExecStart=/daemon\nExecReload=/reload");
        _world.Start("a.service");
        _world.Reload("a.service");
        Assert.Equal(ServiceState.Reload, A.State);
        _world.Jobs.Ended.Clear();

        Reexecute();
        _world.Exit(_world.Control(A));

        Assert.Equal(ServiceState.Running, A.State);
        Assert.Equal(["a.service/reload done"], _world.Jobs.Ended);
    }

    [Fact]
    public void RestartTimer_ThatRuns_EndsWhenItWouldHave()
    {
        _world.Service("ExecStart=/daemon\nRestart=always\nRestartSec=10");
        _world.Start("a.service");
        _world.Die(_world.Main(A), Signo.SIGKILL);
        _world.Advance(4);

        Reexecute();
        _world.Advance(5.9);
        Assert.Equal(ServiceState.AutoRestart, A.State);
        _world.Advance(0.2);

        Assert.Equal(ServiceState.Running, A.State);
    }

    [Fact]
    public void Watchdog_IsDueWhenItWas_AndIsFedAsBefore()
    {
        _world.Service("Type=notify\nExecStart=/daemon\nWatchdogSec=10");
        _world.Start("a.service");
        _world.Notify(_world.Main(A), "READY=1");
        _world.Advance(6);

        Reexecute();
        _world.Advance(3);
        _world.Notify(_world.Main(A), "WATCHDOG=1");
        _world.Advance(9);
        Assert.Equal(ServiceState.Running, A.State);
        _world.Advance(1.1);

        Assert.Equal(ServiceResult.Watchdog, A.Result);
    }

    [Fact]
    public void Watchdog_ThatTheServiceHasSwitchedOff_StaysOff()
    {
        _world.Service("Type=notify\nExecStart=/daemon\nWatchdogSec=10");
        _world.Start("a.service");
        _world.Notify(_world.Main(A), "READY=1", "WATCHDOG_USEC=0");

        Reexecute();
        _world.Advance(60);

        Assert.Equal(ServiceState.Running, A.State);
        Assert.Equal(0ul, A.Watchdog.IntervalUsec);
    }

    [Fact]
    public void Timeout_ThatWasExtended_StaysSo()
    {
        _world.Service("Type=notify\nExecStart=/daemon\nTimeoutStartSec=10");
        _world.Start("a.service");
        _world.Notify(_world.Main(A), "EXTEND_TIMEOUT_USEC=60000000");

        Reexecute();
        _world.Advance(59);

        Assert.Equal(ServiceState.Start, A.State);
    }

    [Fact]
    public void StoredDescriptors_OfAServiceThatRestarts_AreHandedToItAgain()
    {
        _world.Service("Type=notify\nExecStart=/daemon\nFileDescriptorStoreMax=4\nRestart=always\nRestartSec=1");
        _world.Start("a.service");
        var main = _world.Main(A);
        A.OnNotify(new NotifyMessage(main.Pid, 0, ["FDSTORE=1", "FDNAME=first"], [Pipe.EventCounter().OrThrow("eventfd")]));
        A.OnNotify(new NotifyMessage(main.Pid, 0, ["FDSTORE=1", "FDNAME=second"], [Pipe.EventCounter().OrThrow("eventfd")]));
        _world.Die(main, Signo.SIGKILL);

        Reexecute();
        Assert.Equal(2, A.Store.Count);
        Assert.Equal(0, _world.DescriptorsLeft);
        _world.Advance(1);

        Assert.Equal(["second", "first"], _world.Executor.Requests[^1].Descriptors.Select(static passed => passed.Name));
    }

    [Fact]
    public void Status_WithAnyBytes_IsExact()
    {
        _world.Service("Type=notify\nExecStart=/daemon");
        _world.Start("a.service");
        _world.Notify(_world.Main(A), "READY=1", "STATUS=ñ \\ \t ok", "ERRNO=5");

        Reexecute();

        Assert.Equal("ñ \\ \t ok", A.StatusText);
        Assert.Equal(5, A.StatusErrno);
    }

    [Fact]
    public void MainProcess_ThatIsNobodysChildOfOurs_StaysTheMainProcess()
    {
        _world.Service("Type=notify\nNotifyAccess=all\nExecStart=/daemon");
        _world.Start("a.service");
        var child = _world.Fork(_world.Main(A));
        _world.Notify(_world.Main(A), $"MAINPID={child.Pid}", "READY=1");

        Reexecute();

        Assert.Equal(child.Pid, A.MainPid);
        Assert.Equal(ServiceState.Running, A.State);
    }

    [Fact]
    public void StartLimit_CountsOn()
    {
        _world.Service("ExecStart=/exit/1\nType=oneshot", "StartLimitBurst=3\nStartLimitIntervalSec=100");
        _world.Start("a.service");
        _world.Start("a.service");

        Reexecute();
        _world.Start("a.service");
        Assert.False(A.StartLimitHit);
        _world.Start("a.service");

        Assert.True(A.StartLimitHit);
    }

    [Fact]
    public void Idle_ThatHoldsItsCommandBack_RunsItAfterwards()
    {
        _world.Service("ExecStart=/slow\nType=notify", name: "b.service");
        _world.Service("ExecStart=/daemon\nType=idle");
        _world.Start("b.service");
        _world.Start("a.service");
        Assert.Equal(["/slow"], _world.Commands);

        Reexecute();
        Assert.Empty(_world.Commands);
        _world.Advance(5);

        Assert.Equal(["/daemon"], _world.Commands);
    }

    [Fact]
    public void Unit_WhoseFileIsGone_KeepsItsProcess()
    {
        _world.Service("ExecStart=/daemon");
        _world.Start("a.service");
        var pid = A.MainPid;

        Reexecute(() => _world.Delete("a.service"));

        Assert.Equal(UnitLoadState.NotFound, A.LoadState);
        Assert.Equal(ServiceState.Running, A.State);
        Assert.Equal(pid, A.MainPid);
        _world.Stop("a.service");
        Assert.Equal(ServiceState.Dead, A.State);
    }

    [Fact]
    public void State_ThatLacksTheProcess_EndsInAnOrderlyWay()
    {
        _world.Service("ExecStart=/daemon");
        _world.Start("a.service");
        _world.Processes.End(_world.Main(A), 1, 0);

        Damage("\tmain ", "\tniam ");

        Assert.Equal(ServiceState.Dead, A.State);
    }

    private void Reexecute(Action? meanwhile = null) => _world = _world.Reexecute(bytes =>
    {
        meanwhile?.Invoke();
        return bytes;
    });

    private void Damage(string before, string after) => _world = _world.Reexecute(
        bytes => System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(bytes).Replace(before, after, StringComparison.Ordinal)));

    private string Facts()
    {
        var unit = A;
        return string.Join(
            '\n',
            unit.State, unit.Result, unit.InvocationId, unit.MainPid, unit.ControlPid, unit.Deadline, unit.RestartCount, unit.StateChangeTimestamp,
            unit.InactiveExitTimestamp, unit.ActiveEnterTimestamp, unit.ActiveExitTimestamp, unit.InactiveEnterTimestamp, unit.ConditionTimestamp,
            unit.ConditionResult, unit.AssertTimestamp, unit.MainStatus.Pid, unit.MainStatus.StartMonotonic, unit.MainStatus.ExitMonotonic, unit.MainStatus.Status,
            unit.Job is { } job ? $"{job.Id} {job} {job.State} {job.BeginUsec} {job.DeadlineUsec}" : "");
    }
}
