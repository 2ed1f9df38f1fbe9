using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager.Bus;

/// <summary>
/// The manager on the bus: the server, its objects, and what is remembered of clients. It reads the engine and asks the
/// facade for everything else; whoever composes the manager feeds <see cref="Changes"/> with what happens.
/// </summary>
internal sealed class ManagerBus : IDisposable
{
    public ManagerBus(IManagerFacade manager, BusServerOptions? options = null, Action<string>? onBug = null)
    {
        Manager = manager;
        Lookup = new UnitLookup(manager);
        Files = new UnitFileAccess(manager);
        JobHolders = new JobHolders(() => manager.Engine.Jobs);
        var tree = new ObjectTree
        {
            MachineId = static () => Processes.ReadText("/etc/machine-id")?.Trim(),
            OnHandlerFailed = (call, exception) => onBug?.Invoke($"{call.Interface}.{call.Member}: {exception}"),
        };
        tree.Add(BusPaths.Manager, this, ManagerInterface.Table);
        tree.Add(BusPaths.LogControl, this, LogControlInterface.Table);
        tree.AddResolver(BusPaths.Units, new UnitResolver(this));
        tree.AddResolver(BusPaths.Jobs, new JobResolver(this));
        string[] names = ["org.freedesktop.systemd1"];
        if (manager.Identity.IsInit)
        {
            names = [.. names, LoginInterface.BusName];
            tree.Add(LoginInterface.ObjectPath, this, LoginInterface.Table);
        }

        Server = new BusServer(manager.Engine.Loop, tree, options ?? new BusServerOptions { OwnUid = manager.Identity.Uid, Names = names });
        Changes = new ChangeQueue(this, Server, manager.Engine.Loop);
        Server.Disconnected += OnGone;
    }

    public IManagerFacade Manager { get; }

    public BusServer Server { get; }

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

    public void Dispose()
    {
        Changes.Dispose();
        Server.Dispose();
    }

    /// <summary>The units have been read anew: what was derived from their files is stale.</summary>
    public void OnReloaded() => Files.Forget();

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

    private void OnGone(BusPeer peer)
    {
        JobHolders.OnGone(peer);
        References.OnGone(peer);
    }
}
