using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// A Listen*= line, its descriptor while it is open, and the loop's watch on it while the socket listens. A line that was added while the socket
/// was up has no descriptor until the socket is started anew.
/// </summary>
internal sealed class ListenPort(SocketPort setting) : IDisposable
{
    private readonly StartLimit _pollLimit = new();
    private TimerSource? _pollPause;
    private IoSource? _watch;
    private bool _isAway;

    public SocketPort Setting { get; } = setting;

    public Descriptor? Descriptor { get; private set; }

    public AddressFamily Family { get; private set; }

    public bool CanAccept { get; } = PortAddress.CanAccept(setting);

    private bool IsTcp => CanAccept && Family is AddressFamily.Internet or AddressFamily.Internet6;

    public void Open(Descriptor descriptor)
    {
        Descriptor = descriptor;
        Family = Setting.Type == SocketPortType.Socket && ListenSocket.LocalAddress(descriptor) is { Ok: true, Value.Family: var family }
            ? family
            : AddressFamily.Unspecified;
    }

    /// <param name="backlog">For a socket that a manager before us had turned away when it executed itself anew: that was its pause.</param>
    public void Watch(EventLoop loop, int backlog, Action<IoEvents> handler)
    {
        if (_pollPause is { IsArmed: true })
        {
            return;
        }

        if (_watch is not null)
        {
            _watch.Events = IoEvents.Readable;
        }
        else if (Descriptor is not null)
        {
            if (IsTcp && !InternetSocket.IsListening(Descriptor))
            {
                _ = ListenSocket.Listen(Descriptor, backlog);
            }

            _watch = loop.OnIo(Descriptor, IoEvents.Readable, handler);
        }
    }

    public void Unwatch()
    {
        _pollPause?.Disarm();
        if (_watch is not null)
        {
            _watch.Events = IoEvents.None;
        }
    }

    /// <summary>
    /// Nobody is let in. A TCP socket whose reading half is shut down refuses connections and keeps its address, so that nobody else takes the
    /// port; listen(2) makes it listen again. Sockets of other kinds have no such way back: theirs wait.
    /// </summary>
    public void TurnAway()
    {
        Unwatch();
        _isAway = true;
        if (Descriptor is { } descriptor && IsTcp)
        {
            _ = UnixSocket.ShutdownReads(descriptor);
        }
    }

    /// <summary>After <see cref="TurnAway"/>; what has come in since is stale.</summary>
    public void TurnBack(int backlog)
    {
        if (Descriptor is { } descriptor && _isAway)
        {
            if (IsTcp)
            {
                _ = ListenSocket.Listen(descriptor, backlog);
            }
            else
            {
                ListenSocket.Flush(descriptor, CanAccept, Socket.MaximumFlushed);
            }
        }

        _isAway = false;
    }

    /// <summary>
    /// PollLimitIntervalSec= and PollLimitBurst=: whoever keeps the port ready all the time is not looked at until the interval is over, which spares
    /// the manager without failing the socket.
    /// </summary>
    public bool PassPollLimit(SocketConfig settings, EventLoop loop)
    {
        _pollLimit.IntervalUsec = settings.EffectivePollLimitInterval;
        _pollLimit.Burst = settings.EffectivePollLimitBurst;
        if (_pollLimit.TryPass(loop.Now(Clock.Monotonic)))
        {
            return true;
        }

        Unwatch();
        _pollPause ??= loop.At(Clock.Monotonic, TimerSource.Never, EndPollPause);
        _pollPause.Rearm(_pollLimit.EndUsec + 1);
        return false;
    }

    public void Dispose()
    {
        _pollPause?.Dispose();
        _watch?.Dispose();
        _watch = null;
        Descriptor?.Dispose();
        Descriptor = null;
    }

    private void EndPollPause()
    {
        if (_watch is not null)
        {
            _watch.Events = IoEvents.Readable;
        }
    }
}
