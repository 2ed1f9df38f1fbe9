using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>systemctl clean: what is asked to be removed, and the time until it is.</summary>
public sealed class CleaningTests : IDisposable
{
    private const string Directories = "RuntimeDirectory=r\nStateDirectory=s:link\nCacheDirectory=c\nLogsDirectory=l\nConfigurationDirectory=e\n";

    private readonly UnitWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Clean_OfAService_KeepsItInMaintenanceUntilItIsDone()
    {
        var service = _world.Service("ExecStart=/daemon\n" + Directories);

        Assert.Equal(CleanOutcome.Begun, service.Clean(CleanMask.Cache | CleanMask.State));
        _world.Settle();

        Assert.Equal((ServiceState.Cleaning, UnitActiveState.Maintenance), (service.State, service.ActiveState));
        Assert.Equal("rm /var/lib/s /var/lib/private/s /var/lib/link /var/cache/c /var/cache/private/c", _world.Commands.Single());
        _world.Exit(_world.Control(service));
        Assert.Equal((ServiceState.Dead, ServiceResult.Success), (service.State, service.CleanResult));
    }

    [Fact]
    public void Clean_OfConfiguration_HasNoPrivateDirectory()
    {
        _world.Service("ExecStart=/daemon\n" + Directories).Clean(CleanMask.Configuration);

        Assert.Equal("rm /etc/e", _world.Commands.Single());
    }

    [Fact]
    public void Clean_ThatFails_FailsTheService()
    {
        var service = _world.Service("ExecStart=/daemon\n" + Directories);
        service.Clean(CleanMask.All);
        _world.Settle();

        _world.Exit(_world.Control(service), 1);

        Assert.Equal((ServiceState.Failed, ServiceResult.ExitCode, ServiceResult.ExitCode), (service.State, service.Result, service.CleanResult));
    }

    [Fact]
    public void Clean_ThatTakesTooLong_IsKilled()
    {
        var service = _world.Service("ExecStart=/daemon\nTimeoutCleanSec=5s\n" + Directories);
        service.Clean(CleanMask.All);
        _world.Settle();

        _world.Advance(6);

        Assert.Equal(ServiceResult.Timeout, service.CleanResult);
        Assert.NotEqual(ServiceState.Cleaning, service.State);
        Assert.Empty(_world.Processes.All);
    }

    [Fact]
    public void Clean_WithoutAHelper_LeavesTheServiceAsItWas()
    {
        _world.Executor.RemovalPath = "/nofork";
        var service = _world.Service("ExecStart=/daemon\n" + Directories);

        service.Clean(CleanMask.All);
        _world.Settle();

        Assert.Equal((ServiceState.Dead, ServiceResult.Resources), (service.State, service.CleanResult));
    }

    [Fact]
    public void Start_WhileItIsCleaned_WaitsUntilThatIsDone()
    {
        var service = _world.Service("ExecStart=/daemon\n" + Directories);
        service.Clean(CleanMask.All);
        _world.Settle();

        _world.Start("a.service");
        Assert.Equal(ServiceState.Cleaning, service.State);
        _world.Exit(_world.Control(service));

        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void Clean_OfWhatCannotBe_IsRefused()
    {
        var service = _world.Service("ExecStart=/daemon\nCacheDirectory=c");
        _world.File("t.target", "");

        Assert.Equal(CleanOutcome.NotSupported, _world.Load("t.target").Clean(CleanMask.All));
        Assert.Equal(CleanOutcome.Nothing, service.Clean(CleanMask.None));
        Assert.Equal(CleanOutcome.Nothing, service.Clean(CleanMask.Logs));
        _world.Start("a.service");
        Assert.Equal(CleanOutcome.Busy, service.Clean(CleanMask.Cache));
        Assert.Equal(CleanMask.Cache, service.Cleanable);
    }

    [Fact]
    public void Clean_OfASocket_KeepsItInMaintenanceUntilItIsDone()
    {
        _world.Service("ExecStart=/daemon");
        _world.File("a.socket", "[Socket]\nListenStream=/run/a.sock\nStateDirectory=s\n");
        var socket = (Socket)_world.Load("a.socket");

        Assert.Equal(CleanOutcome.Begun, socket.Clean(CleanMask.State));
        _world.Settle();

        Assert.Equal("cleaning", socket.SubState);
        Assert.Equal("rm /var/lib/s /var/lib/private/s", _world.Commands.Single());
        _world.Exit(_world.Find(socket.ControlPid));
        Assert.Equal("dead", socket.SubState);
    }
}
