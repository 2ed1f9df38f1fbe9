using Trasgo.Bus.Objects;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Remote;

/// <summary>
/// A service on a message bus: it owns a name there and serves an object tree to everybody whom the daemon lets through.
/// </summary>
/// <remarks>
/// Off until <see cref="Connect"/>; then it connects, says Hello, asks for its name, and is connected. When the connection ends it tries again, at
/// growing intervals, until <see cref="Disconnect"/>. A peer behind the daemon that leaves takes with it what is remembered of it; all
/// leave when the connection does.
/// </remarks>
internal sealed class MessageBus : ISignalReader, IDisposable
{
    private const ulong FirstRetryUsec = 500_000;
    private const ulong LongestRetryUsec = 30_000_000;
    private const uint DoNotQueue = 4;
    private const uint PrimaryOwner = 1;
    private readonly EventLoop _loop;
    private readonly BlockPool _blocks;
    private readonly string _name;
    private readonly BusConnectionLimits _limits;
    private readonly TimerSource _retry;
    private BusConnection? _connection;
    private string? _path;
    private bool _once;
    private ulong _interval = FirstRetryUsec;

    public MessageBus(EventLoop loop, BlockPool blocks, ObjectTree objects, string name, uint ownUid, BusConnectionLimits? limits = null)
    {
        _loop = loop;
        _blocks = blocks;
        Objects = objects;
        OwnUid = ownUid;
        _name = name;
        _limits = limits ?? new BusConnectionLimits();
        _retry = loop.At(Clock.Monotonic, TimerSource.Never, Open, EventPriority.Bus);
        Callers = new RemoteCallers(this, _limits);
        Names = new NameWatches(this);
    }

    /// <summary>The name is ours (true), or somebody else has it (false).</summary>
    public Action<bool> Named { get; init; } = static _ => { };

    public Action Lost { get; init; } = static () => { };

    /// <summary>What has been left unread has been read, nearly all of it.</summary>
    public Action CaughtUp { get; init; } = static () => { };

    /// <summary>A signal of the daemon itself that is not about names.</summary>
    public Action<BusMessage> DaemonSignal { get; init; } = static _ => { };

    public ObjectTree Objects { get; }

    public uint OwnUid { get; }

    public RemoteCallers Callers { get; }

    public NameWatches Names { get; }

    /// <summary>Our unique name; null while there is no connection.</summary>
    public string? UniqueName { get; private set; }

    public bool IsConnected => UniqueName is not null;

    /// <summary>The daemon has much to read yet.</summary>
    public bool IsBehind => _connection?.QueuedBytes > _limits.UnreadBytesOfBehind;

    /// <summary>
    /// Reaches for a bus that is known to be up, until told otherwise. Nothing waits for it.
    /// </summary>
    public void Connect(string path) => Connect(path, once: false);

    /// <summary>
    /// Reaches for a bus that may be there: once, and when it goes we leave it at that. A socket that this process itself serves is none.
    /// </summary>
    public void TryConnect(string path) => Connect(path, once: true);

    public void Disconnect()
    {
        _path = null;
        _interval = FirstRetryUsec;
        _retry.Disarm();
        End();
    }

    /// <summary>Sends a message as it is; it stays the caller's.</summary>
    public void Send(BusMessage message) => _connection?.Send(message);

    /// <summary>Calls somebody on the bus. The answer is always told, if only as an error.</summary>
    public void Call(BusMessage call, Action<BusMessage> answer)
    {
        if (_connection is { } connection)
        {
            connection.Call(call, answer);
            return;
        }

        using (call)
        {
            using var error = BusMessage.Error(call, new BusError(BusErrorNames.Disconnected, "Not connected to the message bus"));
            answer(error);
        }
    }

    /// <summary>Sends a signal to whoever on the bus has asked the daemon for it.</summary>
    public void Tell(BusMessage signal)
    {
        if (IsConnected)
        {
            (signal.Sender, signal.Destination) = (null, null);
            Send(signal);
        }
    }

    public void Flush() => _connection?.Flush();

    public void AddOwnerMatch(string name) => Post(DaemonCalls.OwnerMatch("AddMatch", name));

    public void RemoveOwnerMatch(string name) => Post(DaemonCalls.OwnerMatch("RemoveMatch", name));

    public void Dispose()
    {
        Disconnect();
        _retry.Dispose();
    }

    private void Connect(string path, bool once)
    {
        _once = once;
        if (_path != path)
        {
            if (_path is not null)
            {
                Disconnect();
            }

            _path = path;
            Open();
        }
    }

    private void Post(BusMessage message)
    {
        using (message)
        {
            Send(message);
        }
    }

    private void Open()
    {
        var socket = UnixSocket.Connect(_path!, nonBlocking: true);
        if (!socket.Ok)
        {
            Retry();
            return;
        }

        if (_once && IsOwn(socket.Value))
        {
            socket.Value.Dispose();
            _path = null;
            return;
        }

        var connection = new BusConnection(_loop, _blocks, new BusSocket(socket.Value), _limits)
        {
            Received = OnReceived,
            Closed = OnClosed,
            CaughtUp = CaughtUp,
        };
        _connection = connection;
        connection.Call(DaemonCalls.New("Hello"), OnHello);
    }

    private static bool IsOwn(Descriptor socket) =>
        UnixSocket.Peer(socket) is { Ok: true, Value.Pid: var pid } && pid == Environment.ProcessId;

    private void Retry()
    {
        if (_once)
        {
            _path = null;
            return;
        }

        _retry.Rearm(_loop.Now(Clock.Monotonic) + _interval);
        _interval = Math.Min(_interval * 2, LongestRetryUsec);
    }

    private void OnHello(BusMessage answer)
    {
        if (answer is not { Type: MessageType.MethodReturn, Signature: "s" })
        {
            if (_connection is { IsOpen: true })
            {
                OnClosed();
            }

            return;
        }

        UniqueName = answer.Read().String();
        _interval = FirstRetryUsec;
        var request = DaemonCalls.New("RequestName");
        request.Body.String(_name);
        request.Body.UInt32(DoNotQueue);
        Call(request, OnNamed);
        Names.OnConnected();
        Callers.OnConnected();
    }

    private void OnNamed(BusMessage answer)
    {
        if (IsConnected)
        {
            Named(answer is { Type: MessageType.MethodReturn, Signature: "u" } && answer.Read().UInt32() == PrimaryOwner);
        }
    }

    private void OnClosed()
    {
        End();
        if (_path is not null)
        {
            Retry();
        }
    }

    private void End()
    {
        var wasConnected = IsConnected;
        UniqueName = null;
        _connection?.Dispose();
        _connection = null;
        Callers.ForgetAll();
        if (wasConnected)
        {
            Lost();
        }
    }

    private void OnReceived(BusMessage message)
    {
        if (message.Type == MessageType.MethodCall)
        {
            Callers.OnCall(message);
        }
        else if (message.Sender == DaemonCalls.Name)
        {
            // The daemon writes the sender itself, so that nobody else can speak in its name.
            OnDaemonSignal(message);
        }
    }

    private void OnDaemonSignal(BusMessage signal)
    {
        if (signal is not { Interface: DaemonCalls.Name, Member: "NameOwnerChanged", Signature: "sss" })
        {
            DaemonSignal(signal);
            return;
        }

        var reader = signal.Read();
        var name = reader.String();
        reader.Skip();
        var owner = reader.String();
        Callers.OnOwnerChanged(name, owner);
        Names.OnOwnerChanged(name, owner);
    }
}
