using Trasgo.Linux;

namespace Trasgo.Bus.Server;

/// <summary>
/// The connections that have not authenticated, oldest first. There are few of them and none for long: the oldest makes room
/// for a new one, and one timer ends whoever takes too long. A flood of them costs a bounded amount and shuts nobody out who
/// authenticates at once, as every client does.
/// </summary>
internal sealed class HalfOpenPeers : IDisposable
{
    private readonly LinkedList<(BusPeer Peer, ulong Deadline)> _order = new();
    private readonly Dictionary<BusPeer, LinkedListNode<(BusPeer Peer, ulong Deadline)>> _nodes = [];
    private readonly EventLoop _loop;
    private readonly BusServerOptions _options;
    private readonly TimerSource _timer;

    public HalfOpenPeers(EventLoop loop, BusServerOptions options)
    {
        _loop = loop;
        _options = options;
        _timer = loop.At(Clock.Monotonic, TimerSource.Never, OnTimeout, EventPriority.Bus);
    }

    public int Count => _order.Count;

    public void Add(BusPeer peer)
    {
        _nodes[peer] = _order.AddLast((peer, _loop.Now(Clock.Monotonic) + _options.AuthenticationTimeoutUsec));
        Arm();
    }

    public void Remove(BusPeer peer)
    {
        if (_nodes.Remove(peer, out var node))
        {
            _order.Remove(node);
            Arm();
        }
    }

    public void MakeRoom()
    {
        while (_order.Count >= _options.HalfOpenAtMost && _order.First is { } oldest)
        {
            oldest.Value.Peer.Disconnect();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimeout()
    {
        var now = _loop.Now(Clock.Monotonic);
        while (_order.First is { } oldest && oldest.Value.Deadline <= now)
        {
            oldest.Value.Peer.Disconnect();
        }

        Arm();
    }

    private void Arm()
    {
        var deadline = _order.First?.Value.Deadline ?? TimerSource.Never;
        if (_timer.IsArmed ? _timer.Deadline != deadline : deadline != TimerSource.Never)
        {
            _timer.Rearm(deadline);
        }
    }
}
