using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Type=dbus and BusName=: the name's owner decides (systemd.service(5)).</summary>
public class ServiceBusNameTests
{
    private const string Lines = "Type=dbus\nBusName=net.example.A\nExecStart=/daemon";

    [Fact]
    public void Start_NameHasNoOwner_IsWaitedFor()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        Assert.Equal(ServiceState.Start, service.State);
        Assert.DoesNotContain("a.service/start done", world.Jobs.Ended);
    }

    [Fact]
    public void Start_NameIsTaken_IsRunning()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        world.Own(":1.5");
        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("a.service/start done", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Start_NameIsNeverTaken_TimesOut()
    {
        using var world = new UnitWorld();
        var service = Service(world, Lines + "\nTimeoutStartSec=5");
        world.Start("a.service");
        world.Advance(5);
        Assert.Equal(ServiceResult.Timeout, service.Result);
    }

    [Fact]
    public void Start_DaemonEndsBeforeItTakesTheName_HasNotStarted()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        world.Exit(world.Main(service), 1);
        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal("a.service/start failed", world.Jobs.Ended[^1]);
    }

    [Fact]
    public void Running_NameIsLost_Stops()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        world.Own(":1.5");
        world.Own(null);
        Assert.Equal((ServiceState.Dead, ServiceResult.Success), (service.State, service.Result));
    }

    [Fact]
    public void Running_NameChangesHands_GoesOn()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        world.Own(":1.5");
        world.Own(":1.6");
        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void OtherType_NameIsLost_GoesOn()
    {
        using var world = new UnitWorld();
        var service = Service(world, "Type=simple\nBusName=net.example.A\nExecStart=/daemon");
        world.Start("a.service");
        world.Own(":1.5");
        world.Own(null);
        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void Forking_OwnerIsOneOfItsProcesses_BecomesTheMainProcess()
    {
        using var world = new UnitWorld();
        var service = Service(world, "Type=forking\nGuessMainPID=no\nBusName=net.example.A\nExecStart=/daemon");
        world.Context.BusNames.FindProcess = (_, found) => found(world.Processes.All.Last().Pid);
        world.Start("a.service");
        var parent = world.Control(service);
        var child = world.Fork(parent);
        world.Exit(parent);
        Assert.Equal(0, service.MainPid);
        world.Own(":1.5");
        Assert.Equal(child.Pid, service.MainPid);
    }

    [Fact]
    public void TwoServices_OneName_TheSecondIsRefused()
    {
        using var world = new UnitWorld();
        Service(world);
        var second = world.Service(Lines, name: "b.service");
        Assert.Equal("org.freedesktop.DBus.Error.FileExists", second.LoadError?.BusErrorName);
        Assert.Equal(Engine.Jobs.UnitLoadState.Error, second.LoadState);
    }

    [Fact]
    public void Reload_ServiceGivesTheNameUp_AnotherMayHaveIt()
    {
        using var world = new UnitWorld();
        Service(world);
        world.File("a.service", "[Service]\nExecStart=/daemon\n");
        world.DaemonReload();
        Assert.Equal(Engine.Jobs.UnitLoadState.Loaded, world.Service(Lines, name: "b.service").LoadState);
    }

    [Fact]
    public void Reload_NameStays_OwnerIsRemembered()
    {
        using var world = new UnitWorld();
        var service = Service(world);
        world.Start("a.service");
        world.Own(":1.5");
        world.DaemonReload();
        world.Exit(world.Main(service));
        Assert.Equal(ServiceState.Dead, service.State);
    }

    private static Service Service(UnitWorld world, string lines = Lines)
    {
        // Required, and skipped by its condition: no socket is to be opened here.
        world.FalseConditions.Add("/no-sockets");
        world.File(
            "/usr/lib/systemd/system/dbus.socket",
            "[Unit]\nDefaultDependencies=no\nConditionPathExists=/no-sockets\n[Socket]\nListenStream=/run/dbus/system_bus_socket\n");
        return world.Service(lines);
    }
}
