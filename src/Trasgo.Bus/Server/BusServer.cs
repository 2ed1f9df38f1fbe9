using Trasgo.Bus.Driver;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>
/// A D-Bus server for direct connections: peers, their authentication, dispatch into the object tree, and signals to all.
/// It also answers as the message bus itself does (<see cref="BusDriver"/>), so that clients made for a bus find one.
/// </summary>
internal sealed class BusServer : IDisposable
{
    public const string OwnUniqueName = ":1.0";

    private readonly Dictionary<int, BusPeer> _peers = [];
    private readonly HalfOpenPeers _halfOpen;
    private readonly List<BusListener> _listeners = [];
    private readonly List<BusPeer> _dirty = [];
    private readonly List<BusPeer> _backlog = [];
    private readonly DeferSource _flush;
    private readonly DeferSource _resume;
    private readonly BusDriver _driver;
    private BusPeer[]? _snapshot;
    private int _lastId;
    private int _monitors;

    public BusServer(EventLoop loop, ObjectTree objects, BusServerOptions options)
    {
        Loop = loop;
        Objects = objects;
        Options = options;
        _halfOpen = new HalfOpenPeers(loop, options);
        _flush = loop.DeferLater(FlushDirty, EventPriority.Bus);
        _resume = loop.DeferLater(ResumeBacklog, EventPriority.Bus);
        _driver = new BusDriver(this);
    }

    /// <summary>A peer has authenticated.</summary>
    public event Action<BusPeer>? Connected;

    /// <summary>A peer that was ready has gone.</summary>
    public event Action<BusPeer>? Disconnected;

    /// <summary>A peer that was behind has read nearly all.</summary>
    public event Action<BusPeer>? CaughtUp;

    public EventLoop Loop { get; }

    public ObjectTree Objects { get; }

    public BusServerOptions Options { get; }

    public IEnumerable<BusPeer> Peers => _peers.Values;

    public int PeerCount => _peers.Count;

    /// <summary>Whether a signal would reach anybody: what is costly to build need not be built otherwise.</summary>
    public bool HasListeners => _peers.Count > 0;

    /// <summary>Memory that holds incomplete messages, of all peers.</summary>
    public long PartialBytes { get; set; }

    /// <summary>Messages that have not been read, of all peers.</summary>
    public long QueuedBytes { get; set; }

    /// <summary>Memory for them.</summary>
    public BlockPool Blocks { get; } = new();

    /// <summary>Makes the socket, in place of one that nobody serves any more.</summary>
    public Errno Listen(string path, uint mode = 0x1C0 /* 0700 */)
    {
        var listening = BusSocket.Listen(path, mode);
        if (listening.Ok)
        {
            Adopt(listening.Value, path);
        }

        return listening.Error;
    }

    /// <summary>Serves a socket that listens already, as one that came through a re-execution.</summary>
    public void Adopt(BusSocket listening, string path) => _listeners.Add(new BusListener(this, listening, path));

    /// <summary>The sockets that are served, for a program that takes them over.</summary>
    public IEnumerable<(string Path, Descriptor Socket)> Listening => _listeners.Select(static listener => (listener.Path, listener.Socket));

    public bool IsListening(string path) => _listeners.Exists(listener => listener.Path == path);

    /// <summary>Takes a connected socket, unless its peer is neither root nor us: then not one byte is said to it.</summary>
    public void Accept(BusSocket socket)
    {
        var credentials = socket.PeerCredentials();
        var welcome = credentials.Ok && (credentials.Value.Uid == 0 || credentials.Value.Uid == Options.OwnUid);
        if (!welcome || _peers.Count >= Options.PeersAtMost)
        {
            socket.Dispose();
            return;
        }

        _halfOpen.MakeRoom();
        var peer = new BusPeer(this, socket, ++_lastId, credentials.Value);
        _peers.Add(peer.Id, peer);
        _snapshot = null;
        _halfOpen.Add(peer);
    }

    /// <summary>Sends a signal to every peer that wants it, but for the exceptions. The message stays the caller's.</summary>
    public void Broadcast(BusMessage signal, Predicate<ISignalReader>? except = null)
    {
        if (_peers.Count == 0)
        {
            return;
        }

        foreach (var peer in Snapshot())
        {
            if (peer.Wants(signal) && except?.Invoke(peer) != true)
            {
                peer.Send(signal);
            }
        }

        Mirror(signal, OwnUniqueName, destination: null);
    }

    /// <summary>Writes all that can be written without waiting, as before an exit.</summary>
    public void Flush()
    {
        foreach (var peer in Snapshot())
        {
            peer.Flush();
        }
    }

    public void Dispose()
    {
        _listeners.ForEach(static listener => listener.Dispose());
        foreach (var peer in Snapshot())
        {
            peer.Disconnect();
        }

        _halfOpen.Dispose();
        _flush.Dispose();
        _resume.Dispose();
        Blocks.Dispose();
    }

    internal BusPeer? FindPeer(string uniqueName)
    {
        foreach (var peer in _peers.Values)
        {
            if (peer.UniqueName == uniqueName)
            {
                return peer;
            }
        }

        return null;
    }

    internal void OnReady(BusPeer peer)
    {
        _halfOpen.Remove(peer);
        Connected?.Invoke(peer);
    }

    internal void OnMessage(BusPeer peer, BusMessage message)
    {
        Mirror(message, peer.UniqueName ?? ":1." + peer.Id, message.Destination);
        if (message.Type != MessageType.MethodCall)
        {
            return;
        }

        if (message.Destination == BusDriver.Name)
        {
            _driver.Dispatch(peer, message);
        }
        else if (peer.UniqueName is not null && !IsOwnName(message.Destination))
        {
            using var error = BusMessage.Error(message, new BusError(
                BusErrorNames.ServiceUnknown, $"The name {message.Destination} was not provided by any .service files"));
            peer.Send(error);
        }
        else
        {
            Objects.Dispatch(peer, message);
        }
    }

    internal bool IsOwnName(string? name) => name is null or OwnUniqueName || Array.IndexOf(Options.Names, name) >= 0;

    internal void BecomeMonitor(BusPeer peer)
    {
        _monitors += peer.IsMonitor ? 0 : 1;
        peer.IsMonitor = true;
    }

    /// <summary>Shows a message to the monitors.</summary>
    internal void Mirror(BusMessage message, string sender, string? destination)
    {
        if (_monitors == 0)
        {
            return;
        }

        var (keptSender, keptDestination) = (message.Sender, message.Destination);
        (message.Sender, message.Destination) = (sender, destination);
        foreach (var peer in Snapshot())
        {
            if (peer.IsMonitor && (peer.Matches.Count == 0 || peer.Matches.Exists(rule => rule.Matches(message))))
            {
                peer.Enqueue(message);
            }
        }

        (message.Sender, message.Destination) = (keptSender, keptDestination);
    }

    /// <summary>Beyond what all may leave unread, who has left the most unread goes.</summary>
    internal void BoundQueues()
    {
        while (QueuedBytes > Options.QueuedBytesInAll && _peers.Values.MaxBy(static peer => peer.QueuedBytes) is { } slowest)
        {
            slowest.Disconnect();
        }
    }

    internal void OnCaughtUp(BusPeer peer) => CaughtUp?.Invoke(peer);

    internal void MarkDirty(BusPeer peer)
    {
        if (!peer.IsDirty)
        {
            peer.IsDirty = true;
            _dirty.Add(peer);
        }

        _flush.Schedule();
    }

    internal void MarkBacklog(BusPeer peer)
    {
        _backlog.Add(peer);
        _resume.Schedule();
    }

    internal void Forget(BusPeer peer)
    {
        _halfOpen.Remove(peer);
        _monitors -= peer.IsMonitor ? 1 : 0;
        if (!_peers.Remove(peer.Id))
        {
            return;
        }

        _snapshot = null;
        if (peer.WasReady)
        {
            Disconnected?.Invoke(peer);
            _driver.OnGone(peer);
        }
    }

    /// <summary>The peers of now, for loops in which some may go. Made anew only when they have changed.</summary>
    private BusPeer[] Snapshot() => _snapshot ??= [.. _peers.Values];

    private void FlushDirty()
    {
        // A flush may disconnect, which makes signals for others: they come with the next round.
        var peers = _dirty.ToArray();
        _dirty.Clear();
        foreach (var peer in peers)
        {
            peer.IsDirty = false;
            peer.Flush();
        }
    }

    private void ResumeBacklog()
    {
        var peers = _backlog.ToArray();
        _backlog.Clear();
        foreach (var peer in peers)
        {
            peer.Resume();
        }
    }
}
