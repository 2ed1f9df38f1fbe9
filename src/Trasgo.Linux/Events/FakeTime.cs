namespace Trasgo.Linux;

/// <summary>
/// A clock that only tests move. A loop on it arms no timer of the kernel: <see cref="Advance"/> walks from deadline to deadline and runs
/// the loop at each, so that timers fire in order, each at its own time, however far one advance goes.
/// </summary>
internal sealed class FakeTime : ITimeSource
{
    private readonly List<EventLoop> _loops = [];
    private ulong _elapsed;
    private ulong _realtimeBase;

    public FakeTime(ulong realtime = 1_700_000_000_000_000, ulong monotonic = 1_000_000_000)
    {
        _elapsed = monotonic;
        _realtimeBase = realtime - monotonic;
    }

    public ulong Now(Clock clock) => IsWallClock(clock) ? _realtimeBase + _elapsed : _elapsed;

    /// <summary>Lets time pass: every timer that falls due on the way fires, and what it schedules runs.</summary>
    public void Advance(ulong microseconds)
    {
        var target = _elapsed + microseconds;
        Settle();
        while (NextDeadline() is { } next && next <= target)
        {
            _elapsed = Math.Max(_elapsed, next);
            Settle();
        }

        _elapsed = target;
        Settle();
    }

    /// <summary>Sets the wall clock, as an administrator or NTP does: monotonic time stays, clock watchers are told.</summary>
    public void Jump(ulong realtime)
    {
        _realtimeBase = realtime - _elapsed;
        foreach (var loop in _loops)
        {
            loop.NoticeClockJump();
        }

        Settle();
    }

    internal void Attach(EventLoop loop) => _loops.Add(loop);

    internal void Detach(EventLoop loop) => _loops.Remove(loop);

    private static bool IsWallClock(Clock clock) => clock is Clock.Realtime or Clock.RealtimeAlarm;

    private void Settle()
    {
        foreach (var loop in _loops)
        {
            // Bounded: a handler that schedules itself for ever would otherwise hang its test.
            for (var round = 0; round < 10_000 && loop.RunOnce(0); round++)
            {
            }
        }
    }

    private ulong? NextDeadline()
    {
        ulong? next = null;
        foreach (var loop in _loops)
        {
            foreach (var clock in Enum.GetValues<Clock>())
            {
                if (loop.NextWakeUp(clock) is { } deadline)
                {
                    var elapsed = !IsWallClock(clock) ? deadline : deadline <= _realtimeBase ? 0 : deadline - _realtimeBase;
                    next = next is { } known ? Math.Min(known, elapsed) : elapsed;
                }
            }
        }

        return next;
    }
}
