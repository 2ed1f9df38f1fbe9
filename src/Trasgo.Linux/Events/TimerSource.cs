namespace Trasgo.Linux;

/// <summary>
/// A one-shot timer at an absolute time of one clock. Armed until it fires, is disarmed or disposed; a timer that fired can be armed
/// again, also from its own handler. A deadline in the past fires in the next round; <see cref="Never"/> does not fire.
/// </summary>
internal sealed class TimerSource : EventSource
{
    /// <summary>systemd's USEC_INFINITY.</summary>
    public const ulong Never = ulong.MaxValue;

    /// <summary>A span later; what would lie beyond all time is <see cref="Never"/>.</summary>
    public static ulong Later(ulong moment, ulong span) => span > Never - moment ? Never : moment + span;

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

    /// <summary>By when it must have run: in between, it runs when the loop wakes up for others (AccuracySec= of systemd.timer(5)).</summary>
    public ulong Latest { get; private set; } = Never;

    public bool IsArmed { get; private set; }

    public Clock Clock => _queue.Clock;

    /// <summary>Places in the clock's heaps, -1 outside them.</summary>
    internal int EarliestIndex = -1;
    internal int LatestIndex = -1;

    public void Rearm(ulong deadlineUsec, ulong accuracyUsec = 0)
    {
        if (IsDisposed)
        {
            return;
        }

        Disarm();
        Deadline = deadlineUsec;
        Latest = accuracyUsec < Never - deadlineUsec ? deadlineUsec + accuracyUsec : Never;
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
