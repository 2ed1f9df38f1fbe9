namespace Trasgo.Linux;

/// <summary>
/// A one-shot timer at an absolute time of one clock. Armed until it fires, is disarmed or disposed; a timer that fired can be armed
/// again, also from its own handler. A deadline in the past fires in the next round; <see cref="Never"/> does not fire.
/// </summary>
internal sealed class TimerSource : EventSource
{
    /// <summary>systemd's USEC_INFINITY.</summary>
    public const ulong Never = ulong.MaxValue;

    private readonly Action _handler;
    private readonly TimerQueue _queue;

    internal TimerSource(EventLoop loop, TimerQueue queue, ulong deadline, Action handler, int priority)
        : base(loop, priority)
    {
        _handler = handler;
        _queue = queue;
        Rearm(deadline);
    }

    public ulong Deadline { get; private set; } = Never;

    public bool IsArmed { get; private set; }

    public Clock Clock => _queue.Clock;

    /// <summary>Place in the clock's heap, -1 outside it.</summary>
    internal int HeapIndex { get; set; } = -1;

    public void Rearm(ulong deadlineUsec)
    {
        if (IsDisposed)
        {
            return;
        }

        Disarm();
        Deadline = deadlineUsec;
        if (deadlineUsec != Never)
        {
            IsArmed = true;
            _queue.Add(this);
        }
    }

    public void Disarm()
    {
        IsArmed = false;
        _queue.Remove(this);
        Loop.Forget(this);
    }

    internal override void Dispatch()
    {
        IsArmed = false;
        _handler();
    }

    protected override void Unsubscribe() => Disarm();
}
