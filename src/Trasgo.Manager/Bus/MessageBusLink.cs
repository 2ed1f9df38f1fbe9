using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Decides when the manager is on the message bus: as long as dbus.service runs, if that is a unit of ours. Before that
/// nobody would answer, and a connection would start the daemon. Where somebody else has started a bus it is tried when the
/// manager starts, when it reloads, and when a service that has a name on the bus starts.
/// </summary>
internal sealed class MessageBusLink : IEngineObserver, IDisposable
{
    private readonly ManagerBus _bus;
    private readonly EngineContext _engine;
    private readonly string? _path;
    private readonly DeferSource _recheck;
    private readonly Dictionary<string, Action<string?>> _watched = new(StringComparer.Ordinal);

    public MessageBusLink(ManagerBus bus, string? path)
    {
        _bus = bus;
        _engine = bus.Manager.Engine;
        _path = path;
        _recheck = _engine.Loop.DeferLater(Recheck, EventPriority.Bus);
        _engine.BusNames.Added = OnNameAdded;
        _engine.BusNames.Removed = OnNameRemoved;
        _engine.BusNames.FindProcess = FindProcess;
    }

    /// <summary>The address of the bus: the system's, or that of the user's session.</summary>
    public static string? PathFor(RuntimeScope scope)
    {
        if (scope == RuntimeScope.System)
        {
            return Environment.GetEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS") is { Length: > 0 } system
                ? Trasgo.Bus.Remote.BusAddress.UnixPath(system)
                : "/run/dbus/system_bus_socket";
        }

        if (Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS") is { Length: > 0 } session)
        {
            return Trasgo.Bus.Remote.BusAddress.UnixPath(session);
        }

        return Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? runtime + "/bus" : null;
    }

    /// <summary>Our own bus daemon is being stopped, so that nothing is to be started for it any more.</summary>
    public bool IsGoingDown => IsDown(SpecialUnits.DbusService) || IsDown(SpecialUnits.DbusSocket);

    /// <summary>Looks again, soon.</summary>
    public void Schedule() => _recheck.Schedule();

    public void UnitAdded(Unit unit)
    {
    }

    public void UnitRemoved(Unit unit)
    {
    }

    public void UnitChanged(Unit unit)
    {
        if (GoesBy(unit, SpecialUnits.DbusService) || GoesBy(unit, SpecialUnits.DbusSocket) ||
            (unit is Service { Settings.BusName: not null, ActiveState: UnitActiveState.Activating } && !_bus.Message.IsConnected))
        {
            Schedule();
        }
    }

    public void UnitStopped(Unit unit)
    {
    }

    public void ConditionFailed(Unit unit, Condition? failed)
    {
    }

    public void Dispose() => _recheck.Dispose();

    /// <summary>Asked at every change of every unit, of which most have one name.</summary>
    private static bool GoesBy(Unit unit, string name) => unit.Id == name || (unit.Names.Count > 1 && unit.Names.Contains(name));

    private bool IsDown(string name) =>
        _engine.Units.Find(name) is { LoadState: UnitLoadState.Loaded } unit && (unit.IsInactiveOrDeactivating || unit.Job is { Type: JobType.Stop });

    private void Recheck()
    {
        var service = Ours(SpecialUnits.DbusService);
        var socket = Ours(SpecialUnits.DbusSocket);
        if (_path is null)
        {
            return;
        }

        if (service is { IsActiveOrReloading: true })
        {
            _bus.Message.Connect(_path);
        }
        else if (service is { IsInactiveOrFailed: false } || socket is { IsInactiveOrFailed: false })
        {
            _bus.Message.Disconnect();
        }
        else
        {
            _bus.Message.TryConnect(_path);
        }
    }

    /// <summary>A unit that there are files for.</summary>
    private Unit? Ours(string name) => _engine.Units.Find(name) is { LoadState: UnitLoadState.Loaded } unit ? unit : null;

    private void OnNameAdded(string name)
    {
        Action<string?> handler = owner => _engine.BusNames.TellOwner(name, owner);
        _watched[name] = handler;
        _bus.Message.Names.Add(name, handler);
    }

    private void OnNameRemoved(string name)
    {
        if (_watched.Remove(name, out var handler))
        {
            _bus.Message.Names.Remove(name, handler);
        }
    }

    private void FindProcess(string owner, Action<int> found)
    {
        var question = Trasgo.Bus.Remote.DaemonCalls.New("GetConnectionUnixProcessID");
        question.Body.String(owner);
        _bus.Message.Call(question, answer =>
        {
            if (answer is { Type: Trasgo.Bus.Wire.MessageType.MethodReturn, Signature: "u" } && answer.Read().UInt32() is var pid && pid <= int.MaxValue)
            {
                found((int)pid);
            }
        });
    }
}
