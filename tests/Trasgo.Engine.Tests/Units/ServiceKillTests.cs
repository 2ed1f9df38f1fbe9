using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Whom a stop reaches, and in which states it may come (systemd.kill(5)).</summary>
public class ServiceKillTests
{
    [Theory]
    [InlineData("control-group", "TERM CONT", "TERM CONT", "")]
    [InlineData("mixed", "TERM CONT", "KILL", "")]
    [InlineData("process", "TERM CONT", "", "child")]
    [InlineData("none", "", "", "main child")]
    public void KillMode_DecidesWhomAStopReaches(string mode, string mainSignals, string childSignals, string left)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nKillMode={mode}");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);

        world.Stop("a.service");

        Assert.Equal(mainSignals, string.Join(' ', main.Signals));
        Assert.Equal(childSignals, string.Join(' ', child.Signals));
        Assert.Equal(left.Contains("main", StringComparison.Ordinal), main.IsAlive);
        Assert.Equal(left.Contains("child", StringComparison.Ordinal), child.IsAlive);
        Assert.Equal("dead", service.SubState);
        Assert.Equal("a.service/stop done", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void SendSighup_IsSentAfterTheSignal()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nSendSIGHUP=yes");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);
        main.Ignores.UnionWith([1, 15]);
        child.Ignores.UnionWith([1, 15]);

        world.Stop("a.service");

        Assert.Equal(["TERM", "CONT", "HUP"], main.Signals);
        Assert.Equal(["TERM", "CONT", "HUP"], child.Signals);
    }

    [Fact]
    public void FinalKillSignal_ReplacesSigkill()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nFinalKillSignal=SIGQUIT\nTimeoutStopSec=5");
        world.Start("a.service");
        var main = world.Main(service);
        main.Ignores.Add(15);

        world.Stop("a.service");
        world.Advance(5);

        Assert.Equal(["TERM", "CONT", "QUIT"], main.Signals.Take(3));
        Assert.True(world.Logged("with signal SIGQUIT."));
        Assert.Equal(ServiceState.Failed, service.State);
    }

    [Fact]
    public void RestartKillSignal_IsUsedForRestartsOnly()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nKillSignal=SIGINT\nRestartKillSignal=SIGUSR1");
        world.Start("a.service");
        var first = world.Main(service);
        world.Restart("a.service");
        var second = world.Main(service);
        world.Stop("a.service");

        Assert.Equal("USR1", first.Signals[0]);
        Assert.Equal("INT", second.Signals[0]);
    }

    [Fact]
    public void MainProcess_ThatExits_TakesItsChildrenAlong()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);

        world.Exit(main);

        Assert.False(child.IsAlive);
        Assert.Equal(ServiceState.Dead, service.State);
    }

    [Theory]
    [InlineData("ExecCondition=/slow\nExecStart=/daemon", "condition")]
    [InlineData("ExecStartPre=/slow\nExecStart=/daemon", "start-pre")]
    [InlineData("Type=notify\nExecStart=/daemon", "start")]
    [InlineData("Type=forking\nExecStart=/daemon", "start")]
    [InlineData("Type=oneshot\nExecStart=/daemon", "start")]
    [InlineData("ExecStart=/daemon\nExecStartPost=/slow", "start-post")]
    [InlineData("ExecStart=/daemon\nExecReload=/slow", "reload")]
    public void Stop_DuringAStartOrReload_KillsWithoutExecStop(string lines, string state)
    {
        using var world = new UnitWorld();
        var service = world.Service($"{lines}\nExecStop=/exit/0 stop\nExecStopPost=/exit/0 stoppost\nRestart=on-failure");
        world.Start("a.service");
        if (state == "reload")
        {
            world.Reload("a.service");
        }

        Assert.Equal(state, service.SubState);
        world.Stop("a.service");
        world.Advance(1);

        Assert.DoesNotContain("/exit/0 stop", world.Commands);
        Assert.Equal("/exit/0 stoppost", world.Commands.Last());
        Assert.True(service.IsInactiveOrFailed);
        Assert.Empty(world.Processes.ProcessesOf(service));
        Assert.Contains("a.service/stop done", world.Jobs.Ended);
    }

    [Theory]
    [InlineData("ExecStart=/daemon", "dead")]
    [InlineData("ExecStartPre=/slow\nExecStart=/daemon", "failed")]
    [InlineData("ExecStart=/nofork", "dead failed")]
    public void Stop_WhileTheKernelStillStartsTheProcess_EndsIt(string lines, string state)
    {
        using var world = new UnitWorld();
        var service = world.Service(lines);
        world.Executor.IsHeld = true;
        world.Start("a.service");

        world.Stop("a.service");
        Assert.Equal(ServiceState.StopSigterm, service.State);
        world.Executor.IsHeld = false;
        world.Settle();
        world.Advance(100);

        Assert.Empty(world.Processes.ProcessesOf(service));
        Assert.Contains(service.SubState, state.Split(' '));
        Assert.Single(world.Commands);
        Assert.Equal("a.service/stop done", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void NoFork_DuringAStop_DoesNotWaitForTheTimeout()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/nofork");
        world.Executor.IsHeld = true;
        world.Start("a.service");
        world.Stop("a.service");

        world.Executor.IsHeld = false;
        world.Settle();

        Assert.True(service.IsInactiveOrFailed);
    }

    [Fact]
    public void Start_DuringAStop_WaitsForItsEnd()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStop=/slow");
        world.Start("a.service");
        world.Stop("a.service");
        world.Stop("a.service");
        Assert.Empty(world.Control(service).Signals);

        world.Start("a.service");
        Assert.Equal(ServiceState.Stop, service.State);
        world.Exit(world.Control(service));

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("a.service/start done", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Restart_StopsAndStarts_OrOnlyStarts()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStop=/exit/0 stop");
        world.Restart("a.service");
        var first = service.MainPid;

        world.Restart("a.service");

        Assert.NotEqual(first, service.MainPid);
        Assert.Equal(["/daemon", "/exit/0 stop", "/daemon"], world.Commands);
        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void ExitTypeCgroup_OutlivesItsMainProcess()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExitType=cgroup");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);

        world.Exit(main);
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal(0, service.MainPid);
        world.Exit(child);

        Assert.Equal(ServiceState.Dead, service.State);
    }

    [Fact]
    public void SystemctlKill_ReachesWhomItIsFor()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);
        main.Ignores.Add(10);
        child.Ignores.Add(10);
        var killer = new UnitKiller(world.Context);

        Assert.Null(killer.Kill(service, KillWhom.Main, 10));
        Assert.Null(killer.Kill(service, KillWhom.All, 10));
        Assert.Equal("No control process to kill", killer.Kill(service, KillWhom.ControlFail, 10)!.Message);

        Assert.Equal(["USR1", "USR1"], main.Signals);
        Assert.Equal(["USR1"], child.Signals);
    }
}
