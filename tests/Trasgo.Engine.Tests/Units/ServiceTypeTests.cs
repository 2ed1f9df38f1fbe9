using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Type=: what makes a service count as started (systemd.service(5)).</summary>
public class ServiceTypeTests
{
    [Fact]
    public void Simple_Started_IsRunningAsSoonAsItsProcessExists()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Executor.IsHeld = true;

        Assert.Null(world.Start("a.service"));
        Assert.Equal(ServiceState.Start, service.State);
        world.Executor.IsHeld = false;
        world.Settle();

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("/daemon", world.Main(service).Command);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
    }

    [Fact]
    public void Simple_ThatCannotBeExecuted_HasStartedAllTheSame()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/step/203");

        world.Start("a.service");

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.ExitCode, service.Result);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
        Assert.True(world.Logged("Main process exited, code=exited, status=203/EXEC"));
    }

    [Fact]
    public void Exec_ThatCannotBeExecuted_FailsItsStart()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=exec\nExecStart=/step/203");

        world.Start("a.service");

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    [Fact]
    public void Exec_ThatIsExecuted_IsRunning()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=exec\nExecStart=/daemon");

        world.Start("a.service");

        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void Simple_WhoseProcessPrepares_IsRunningAtOnce()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/prepare");

        world.Start("a.service");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.NotEqual(0, service.MainPid);
    }

    [Fact]
    public void Exec_WhoseProcessPrepares_IsRunningWhenTheProgramIsReached()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=exec\nExecStart=/prepare");

        world.Start("a.service");
        Assert.Equal(ServiceState.Start, service.State);
        world.Executor.Preparing.Dequeue().OnExecuted(0, Errno.None, null);
        world.Settle();

        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void Exec_WhosePreparationFails_SaysWhyAndFailsItsStart()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=exec\nExecStart=/prepare");

        world.Start("a.service");
        world.Executor.Preparing.Dequeue().OnExecuted(224, Errno.EPERM, "Failed at step PAM");
        world.Exit(world.Main(service), 224);

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(world.Logged("Failed at step PAM"));
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    [Theory]
    [InlineData("simple")]
    [InlineData("exec")]
    [InlineData("oneshot")]
    [InlineData("forking")]
    [InlineData("notify")]
    public void Service_WithoutAProcess_FailsForWantOfResources(string type)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type={type}\nExecStart=/nofork");

        world.Start("a.service");

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(ServiceResult.Resources, service.Result);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
        Assert.True(world.Logged("Failed to run 'start' task: Resource temporarily unavailable"));
    }

    [Fact]
    public void Oneshot_RunsEachCommandInTurn_AndIsDead()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/exit/0 one\nExecStart=/long two\nExecStart=/exit/0 three");

        world.Start("a.service");
        Assert.Equal(["/exit/0 one", "/long two"], world.Commands);
        Assert.Equal("start", service.SubState);
        Assert.Equal("activating", service.ActiveState.ToString().ToLowerInvariant());
        world.Exit(world.Main(service));

        Assert.Equal(["/exit/0 one", "/long two", "/exit/0 three"], world.Commands);
        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
    }

    [Fact]
    public void Oneshot_WhoseCommandFails_RunsNoFurther()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/exit/3\nExecStart=/exit/0");

        world.Start("a.service");

        Assert.Equal(["/exit/3"], world.Commands);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(3, service.MainStatus.Status);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    [Fact]
    public void Oneshot_WithRemainAfterExit_StaysUpUntilItIsStopped()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nRemainAfterExit=yes\nExecStart=/exit/0\nExecStop=/exit/0 down");

        world.Start("a.service");
        Assert.Equal(ServiceState.Exited, service.State);
        Assert.True(service.IsActiveOrReloading);
        world.Stop("a.service");

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(["/exit/0", "/exit/0 down"], world.Commands);
    }

    [Fact]
    public void Oneshot_WithoutExecStart_PassesThroughActivating()
    {
        using var world = new UnitWorld();
        var service = world.Service("RemainAfterExit=yes\nExecStop=/exit/0");

        world.Start("a.service");

        Assert.Equal(ServiceState.Exited, service.State);
        Assert.True(service.ActiveEnterTimestamp.IsSet);
        Assert.True(service.InactiveExitTimestamp.IsSet);
    }

    [Fact]
    public void Oneshot_KilledByTermination_IsNotClean()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/signal/15");

        world.Start("a.service");

        Assert.Equal(ServiceResult.Signal, service.Result);
    }

    [Fact]
    public void Notify_WaitsForReady()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon");

        world.Start("a.service");
        Assert.Equal(ServiceState.Start, service.State);
        world.Notify(world.Main(service), "READY=1", "STATUS=serving");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("serving", service.StatusText);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
    }

    [Theory]
    [InlineData("")]
    [InlineData("RemainAfterExit=yes")]
    public void Notify_ThatExitsBeforeReady_HasBrokenTheProtocol(string lines)
    {
        using var world = new UnitWorld();
        var service = world.Service($"Type=notify\nExecStart=/exit/0\n{lines}");

        world.Start("a.service");

        Assert.Equal(ServiceResult.Protocol, service.Result);
        Assert.Equal(["a.service/start failed"], world.Jobs.Ended);
    }

    [Fact]
    public void Notify_WhoseChildrenMaySpeak_WaitsForThemAfterTheMainProcessIsGone()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nNotifyAccess=all\nRemainAfterExit=yes\nExecStart=/daemon");
        world.Start("a.service");
        var main = world.Main(service);
        var child = world.Fork(main);

        world.Exit(main);
        Assert.Equal(ServiceState.Start, service.State);
        world.Notify(child, "READY=1");

        Assert.Equal("exited", service.SubState);
        Assert.Equal(["a.service/start done"], world.Jobs.Ended);
    }

    [Fact]
    public void Notify_ThatDiesOfASignalBeforeReady_KeepsThatAsItsResult()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/dump/6");

        world.Start("a.service");

        Assert.Equal(ServiceResult.CoreDump, service.Result);
    }

    [Fact]
    public void Idle_WithOtherJobs_IsStartedAfterThem()
    {
        using var world = new UnitWorld();
        var idle = world.Service("Type=idle\nExecStart=/idle", name: "idle.service");
        var slow = world.Service("Type=oneshot\nExecStart=/slow", name: "slow.service");
        world.Start("slow.service");

        world.Start("idle.service");
        Assert.Equal(["/slow"], world.Commands);
        Assert.True(idle.IsActiveOrReloading);
        world.Exit(world.Main(slow));

        Assert.Equal(["/slow", "/idle"], world.Commands);
        Assert.Equal(ServiceState.Running, idle.State);
    }

    [Fact]
    public void Idle_WithAJobThatDoesNotEnd_IsStartedAfterFiveSeconds()
    {
        using var world = new UnitWorld();
        world.Service("Type=idle\nExecStart=/idle", name: "idle.service");
        world.Service("Type=oneshot\nExecStart=/slow", name: "slow.service");
        world.Start("slow.service");
        world.Start("idle.service");

        world.Advance(4.9);
        Assert.DoesNotContain("/idle", world.Commands);
        world.Advance(0.2);

        Assert.Contains("/idle", world.Commands);
    }

    [Fact]
    public void Idle_StoppedWhileItWaits_IsNeverRun()
    {
        using var world = new UnitWorld();
        var idle = world.Service("Type=idle\nExecStart=/idle", name: "idle.service");
        world.Service("Type=oneshot\nExecStart=/slow", name: "slow.service");
        world.Start("slow.service");
        world.Start("idle.service");

        world.Stop("idle.service");
        world.Advance(6);

        Assert.Equal(ServiceState.Dead, idle.State);
        Assert.DoesNotContain("/idle", world.Commands);
    }

    [Theory]
    [InlineData("ExecStart=/a", "Simple")]
    [InlineData("RemainAfterExit=yes\nExecStop=/a", "Oneshot")]
    [InlineData("BusName=org.example.Test\nExecStart=/a", "DBus")]
    public void Service_WithoutType_GetsTheOneThatFits(string lines, string type)
    {
        using var world = new UnitWorld();

        Assert.Equal(type, world.Service(lines).Settings.Type.ToString());
    }

    [Theory]
    [InlineData("Restart=no", "Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.")]
    [InlineData("Type=simple\nExecStop=/a", "Service has no ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.")]
    [InlineData("ExecStop=/a", "Service has no ExecStart= and no SuccessAction= settings and does not have RemainAfterExit=yes set. Refusing.")]
    [InlineData("ExecStart=/a\nExecStart=/b", "Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.")]
    [InlineData("Type=oneshot\nExecStart=/a\nRestart=always", "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.")]
    [InlineData("Type=oneshot\nExecStart=/a\nRestart=on-success", "Service has Restart= set to either always or on-success, which isn't allowed for Type=oneshot services. Refusing.")]
    [InlineData("Type=oneshot\nExecStart=/a\nRestartForceExitStatus=3", "Service has RestartForceExitStatus= set, which isn't allowed for Type=oneshot services. Refusing.")]
    [InlineData("Type=oneshot\nExecStart=/a\nExitType=cgroup", "Service has ExitType=cgroup set, which isn't allowed for Type=oneshot services. Refusing.")]
    [InlineData("Type=dbus\nExecStart=/a", "Service is of type D-Bus but no D-Bus service name has been specified. Refusing.")]
    [InlineData("ExecStart=/a\nPAMName=login\nKillMode=process", "Service has PAM enabled. Kill mode must be set to 'control-group' or 'mixed'. Refusing.")]
    public void Service_WithSettingsThatContradict_IsABadSetting(string lines, string message)
    {
        using var world = new UnitWorld();
        var service = world.Service(lines);

        Assert.Equal("BadSetting", service.LoadState.ToString());
        Assert.Contains("a.service: " + message, world.Log);
        Assert.Equal("Unit a.service has a bad unit file setting.", world.Start("a.service")!.Message);
    }

    [Fact]
    public void Oneshot_WithoutATimeout_MayTakeItsTime()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=oneshot\nExecStart=/long");
        world.Start("a.service");

        world.Advance(100_000);

        Assert.Equal(ServiceState.Start, service.State);
    }
}
