using Trasgo.Bus.Authentication;
using Trasgo.Bus.Driver;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>
/// One connection. It is half open until its authentication is done; then it is ready, and every complete message is
/// dispatched on the loop. A monitor is a ready peer that only listens. It ends when the peer closes, breaks the protocol,
/// leaves too much unread, or takes too long to authenticate; from then on sending to it does nothing, so that handlers need
/// not ask. While one of its messages is being handled its buffers stay, even if the handler's own reply ends it.
/// </summary>
internal sealed partial class BusPeer : ICaller, ISignalReader, IDisposable
{
    private readonly BusServer _server;
    private readonly BusSocket _socket;
    private readonly SaslServer _sasl;
    private readonly MessageAssembler _incoming = new(BusLimits.IncomingMessageBytes);
    private readonly OutgoingQueue _outgoing;
    private readonly IoSource _source;
    private uint _serial;
    private int _accountedIn;
    private int _accountedOut;
    private bool _handling;

    public BusPeer(BusServer server, BusSocket socket, int id, in PeerCredentials credentials)
    {
        _server = server;
        _socket = socket;
        Id = id;
        Uid = credentials.Uid;
        Gid = credentials.Gid;
        Pid = credentials.Pid;
        _outgoing = new OutgoingQueue(server.Blocks);
        _sasl = new SaslServer(credentials.Uid, server.Options.Guid);
        _source = server.Loop.OnIo(socket.Handle, IoEvents.Readable, OnEvents, EventPriority.Bus);
    }

    public int Id { get; }

    public uint Uid { get; }

    public uint Gid { get; }

    public int Pid { get; }

    public bool Subscribed { get; set; }

    public bool IsConnected { get; private set; } = true;

    /// <summary>Whether it ever was ready.</summary>
    public bool WasReady => _sasl.State == SaslState.Done;

    public bool IsReady => IsConnected && _sasl.State == SaslState.Done;

    /// <summary>The name it was given by the driver's Hello; null for a plain direct client, as systemctl is.</summary>
    public string? UniqueName { get; set; }

    public bool IsMonitor { get; set; }

    public List<MatchRule> Matches { get; } = [];

    /// <summary>Nobody but root and our own user gets as far as being a peer.</summary>
    public bool IsPrivileged => true;

    public int QueuedBytes => _outgoing.Count;

    /// <summary>It has much to read yet.</summary>
    public bool IsBehind => QueuedBytes > _server.Options.UnreadBytesOfBehind;

    /// <summary>Whether it waits for the next flush.</summary>
    public bool IsDirty { get; set; }

    /// <summary>
    /// A direct client has no way to add matches and takes every signal, as from systemd's private socket. Who has said Hello
    /// gets what it asked for.
    /// </summary>
    public bool Wants(BusMessage signal) => IsReady && !IsMonitor && (UniqueName is null || Matches.Exists(rule => rule.Matches(signal)));

    public void Tell(BusMessage signal)
    {
        if (Wants(signal))
        {
            Send(signal);
        }
    }

    public void Send(BusMessage message)
    {
        if (!IsReady)
        {
            return;
        }

        message.Sender = UniqueName is null ? null : message.Sender ?? BusServer.OwnUniqueName;
        if (message.Type != MessageType.Signal)
        {
            message.Destination = UniqueName;
        }

        Enqueue(message);
        if (message.Type == MessageType.Signal)
        {
            // One signal goes to many and is shown once, by whoever sends it to all.
            return;
        }

        _server.Mirror(message, BusServer.OwnUniqueName, UniqueName ?? ":1." + Id);
    }

    /// <summary>Queues a message as it is.</summary>
    public void Enqueue(BusMessage message)
    {
        if (!IsConnected)
        {
            return;
        }

        _serial = _serial == uint.MaxValue ? 1 : _serial + 1;
        var error = _outgoing.Append(message, _serial);
        Account();
        if (error != Errno.None || QueuedBytes > _server.Options.QueuedBytesPerPeer)
        {
            Disconnect();
            return;
        }

        _server.MarkDirty(this);
        _server.BoundQueues();
    }

    /// <summary>Writes what the peer takes now and waits for room for the rest.</summary>
    public void Flush()
    {
        if (!IsConnected)
        {
            return;
        }

        var wasBehind = IsBehind;
        if (_outgoing.Flush(_socket) != Errno.None)
        {
            Disconnect();
            return;
        }

        Account();
        if (wasBehind && !IsBehind)
        {
            _server.OnCaughtUp(this);
        }

        _source.Events = Wanted();
        if (!IsClogged && _incoming.Waiting.Length > 0)
        {
            _server.MarkBacklog(this);
        }
    }

    public void Disconnect()
    {
        if (!IsConnected)
        {
            return;
        }

        IsConnected = false;
        _source.Dispose();
        _outgoing.Dispose();
        if (!_handling)
        {
            _incoming.Dispose();
        }

        Account();
        _incoming.DropDescriptors();
        _socket.Dispose();
        _server.Forget(this);
    }

    public void Dispose() => Disconnect();

    // A peer that does not read its replies is not read from either: it cannot make the queue grow by calling on.
    private bool IsClogged => QueuedBytes > _server.Options.UnreadBytesOfCaller;

    private IoEvents Wanted() =>
        (IsClogged ? IoEvents.None : IoEvents.Readable) |
        (QueuedBytes > 0 ? IoEvents.Writable : IoEvents.None);

    private void Account()
    {
        var (incoming, outgoing) = (_incoming.Capacity, _outgoing.Count);
        _server.PartialBytes += incoming - _accountedIn;
        _server.QueuedBytes += outgoing - _accountedOut;
        (_accountedIn, _accountedOut) = (incoming, outgoing);
    }
}
