using Trasgo.Bus.Remote;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Bus;

/// <summary>
/// A user's manager asks that of the system to move processes, as those of a session into a scope (systemd-run --user --scope): the group that holds both is
/// root's. A connection to the system's bus is made for the one call, and nobody waits for it but the scope.
/// </summary>
internal sealed class SystemManagerLink
{
    private readonly ManagerBus _bus;

    public SystemManagerLink(ManagerBus bus)
    {
        _bus = bus;
        if (bus.Manager.Engine.Scope == RuntimeScope.User)
        {
            bus.Manager.Engine.ProcessMover.Ask = Ask;
        }
    }

    private bool Ask(Unit unit, IReadOnlyList<int> pids, Action<string?> done)
    {
        var processes = _bus.Manager.Engine.Processes;
        var (group, ours) = (processes.ControlGroupOf(unit), processes.DelegatedRoot);
        if (!group.StartsWith(ours + "/", StringComparison.Ordinal)
            || MessageBusLink.PathFor(RuntimeScope.System) is not { } path
            || UnixSocket.Connect(path, nonBlocking: true) is not { Ok: true, Value: var socket })
        {
            return false;
        }

        var question = new Question(done);
        question.Send(new BusConnection(_bus.Manager.Engine.Loop, _bus.Server.Blocks, new BusSocket(socket), new BusConnectionLimits())
        {
            Closed = () => question.Finish("The system's message bus has closed the connection"),
        }, Call(group[ours.Length..], pids));
        return true;
    }

    /// <summary>An empty name is the unit that the caller is in, user@.service.</summary>
    private static BusMessage Call(string group, IReadOnlyList<int> pids)
    {
        var call = BusMessage.Call("org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "AttachProcessesToUnit");
        call.Body.String(string.Empty);
        call.Body.String(group);
        call.Body.BeginArray("u");
        foreach (var pid in pids)
        {
            call.Body.UInt32((uint)pid);
        }

        call.Body.EndArray();
        return call;
    }

    private sealed class Question(Action<string?> done)
    {
        private BusConnection? _connection;

        public void Send(BusConnection connection, BusMessage call)
        {
            _connection = connection;
            connection.Call(DaemonCalls.New("Hello"), static _ => { });
            connection.Call(call, answer => Finish(answer.Type == MessageType.MethodReturn ? null : TextOf(answer)));
        }

        private static string TextOf(BusMessage error) =>
            error.Signature.StartsWith('s') ? error.Read().String() : error.ErrorName ?? BusErrorNames.Failed;

        /// <summary>Told once, whatever comes first.</summary>
        public void Finish(string? refusal)
        {
            if (_connection is { } connection)
            {
                _connection = null;
                connection.Dispose();
                done(refusal);
            }
        }
    }
}
