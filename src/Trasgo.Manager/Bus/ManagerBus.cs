using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Bus.Server;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Bus;

/// <summary>
/// The manager on the bus: the server for direct connections, the place on the message bus, the objects that both serve, and what is
/// remembered of clients. It reads the engine and asks the
/// facade for everything else; whoever composes the manager feeds <see cref="Changes"/> with what happens.
/// </summary>
internal sealed partial class ManagerBus : IDisposable
{
    public ManagerBus(IManagerFacade manager, BusServerOptions? options = null, Action<string>? onBug = null)
    {
        Manager = manager;
        Lookup = new UnitLookup(manager);
        Files = new UnitFileAccess(manager);
        JobHolders = new JobHolders(() => manager.Engine.Jobs);
        var tree = MakeTree(onBug);
        string[] names = [OwnName];
        if (manager.Identity.IsInit)
        {
            names = [.. names, LoginInterface.BusName];
            tree.Add(LoginInterface.ObjectPath, this, LoginInterface.Table);
        }

        Server = new BusServer(manager.Engine.Loop, tree, options ?? new BusServerOptions { OwnUid = manager.Identity.Uid, Names = names });
        Message = new MessageBus(manager.Engine.Loop, Server.Blocks, MakeTree(onBug), OwnName, manager.Identity.Uid)
        {
            Named = OnNamed,
            CaughtUp = () => Changes!.Settle(),
            DaemonSignal = signal => _activator!.OnSignal(signal),
        };
        Message.Callers.Gone = OnGone;
        Message.Callers.IsNeeded = caller => JobHolders.HasJobsOf(caller) || References.AnyOf(caller);
        _activator = new Activator(this);
        Changes = new ChangeQueue(this, manager.Engine.Loop);
        Link = new MessageBusLink(this, MessageBusLink.PathFor(manager.Engine.Scope));
        _ = new ScopeControllerLink(this);
        _ = new SystemManagerLink(this);
        Server.Disconnected += OnGone;
    }

    /// <summary>As often a client may hold one unit.</summary>
    private const int ReferencesMax = 1024;

    private const string ClientKind = "client";
    private const string ListenerKey = "listener";
    private const string OwnName = "org.freedesktop.systemd1";

    private readonly Activator _activator;

    public IManagerFacade Manager { get; }

    public BusServer Server { get; }

    public MessageBus Message { get; }

    public MessageBusLink Link { get; }

    /// <summary>Whether a signal would reach anybody: what is costly to build need not be built otherwise.</summary>
    public bool HasListeners => Server.HasListeners || Message.Callers.Subscribed > 0;

    public ChangeQueue Changes { get; }

    public UnitLookup Lookup { get; }

    public UnitFileAccess Files { get; }

    public JobHolders JobHolders { get; }

    public ClientReferences References { get; } = new();

    public UnitMarkers Markers { get; } = new();

    public ManagerDefaults Defaults => Manager.Engine.Defaults;

    /// <summary>Serves a private socket, in place of one left behind.</summary>
    public Errno Listen(string path) => Server.Listen(path);

    /// <summary>
    /// Serves the address of the message bus where nobody answers: <c>systemctl --wait</c> and <c>systemd-run --wait</c>
    /// insist on a bus, and ours knows enough of one. A real bus that comes later binds over it and has it from then on.
    /// </summary>
    public Errno ListenAsMessageBus(string path)
    {
        var other = UnixSocket.Connect(path);
        if (other.Ok)
        {
            other.Value.Dispose();
            return Errno.EADDRINUSE;
        }

        return Server.Listen(path);
    }

    /// <summary>Somebody has so much to read yet that changes are better told later.</summary>
    public bool IsAnybodyBehind => Server.QueuedBytes > Server.Options.UnreadBytesOfBehind || Message.IsBehind;

    public IEnumerable<ISignalReader> Readers => Message.IsConnected ? [.. Server.Peers, Message] : Server.Peers;

    /// <summary>
    /// Sends a signal to the direct peers, and to the message bus if somebody there has subscribed or is <paramref name="awaited"/> to
    /// hear of it. Signals nobody wants are not even sent to the daemon, which would have to compare each with all rules.
    /// </summary>
    public void Broadcast(BusMessage signal, bool awaited = false, Predicate<ISignalReader>? except = null)
    {
        Server.Broadcast(signal, except);
        if ((awaited || Message.Callers.Subscribed > 0) && except?.Invoke(Message) != true)
        {
            Message.Tell(signal);
        }
    }

    public void Flush()
    {
        Server.Flush();
        Message.Flush();
    }

    public void Dispose()
    {
        Link.Dispose();
        Changes.Dispose();
        Message.Dispose();
        Server.Dispose();
    }

    /// <summary>The units have been read anew: what was derived from their files is stale.</summary>
    public void OnReloaded()
    {
        Files.Forget();
        Link.Schedule();
    }

    internal void OnUnitRemoved(Unit unit)
    {
        References.OnUnitRemoved(unit);
        Markers.Forget(unit);
        Files.Forget(unit);
    }

    /// <summary>The unit of a control group, or of the nearest one above it that a unit has.</summary>
    internal Unit? OfControlGroup(string path)
    {
        Unit? best = null;
        var length = -1;
        foreach (var unit in Manager.Engine.Units.All)
        {
            var group = Manager.Engine.Processes.ControlGroupOf(unit);
            if (group.Length > length && group.Length > 0 && (path == group || path.StartsWith(group + "/", StringComparison.Ordinal)))
            {
                (best, length) = (unit, group.Length);
            }
        }

        return best;
    }

    /// <summary>A default limit, or what the manager itself has where none is configured.</summary>
    internal UnitFiles.Values.ResourceLimit Limit(int index) =>
        Defaults.Limits[index] ?? Defaults.Host.Limits[index] ?? new UnitFiles.Values.ResourceLimit(ulong.MaxValue, ulong.MaxValue);

    private ObjectTree MakeTree(Action<string>? onBug)
    {
        var tree = new ObjectTree
        {
            MachineId = static () => Processes.ReadText("/etc/machine-id")?.Trim(),
            Gatekeeper = new Authorization(this),
            OnHandlerFailed = (call, exception) => onBug?.Invoke($"{call.Interface}.{call.Member}: {exception}"),
        };
        tree.Add(BusPaths.Manager, this, ManagerInterface.Table);
        tree.Add(BusPaths.LogControl, this, LogControlInterface.Table);
        tree.AddResolver(BusPaths.Units, new UnitResolver(this));
        tree.AddResolver(BusPaths.Jobs, new JobResolver(this));
        return tree;
    }

    private void OnNamed(bool isOurs)
    {
        if (_owesReloaded)
        {
            _owesReloaded = false;
            Changes.Reloading(active: false);
        }

        var log = Manager.Engine.Log;
        if (isOurs)
        {
            log.Write(LogLevel.Debug, unit: null, "Successfully connected to the message bus.");
        }
        else
        {
            log.Write(LogLevel.Notice, unit: null, $"{OwnName} is owned by somebody else on the message bus; services that take names there are watched all the same.");
        }
    }

    private void OnGone(ICaller caller)
    {
        JobHolders.OnGone(caller);
        References.OnGone(caller);
    }
}
