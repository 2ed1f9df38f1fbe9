namespace Trasgo.Linux;

/// <summary>
/// The one thread's loop. A round: sleep in epoll until something is ready, read the clocks once, collect every ready descriptor and due
/// timer, and dispatch them in the order of their priority, together with what the handlers defer meanwhile. A source runs once a round, so
/// work that schedules itself cannot starve the descriptors. Handlers are synchronous and never block. In steady state a round allocates
/// nothing: sources are made once and reused.
/// </summary>
internal sealed partial class EventLoop : IDisposable
{
    private static readonly Clock[] s_clocks = [Clock.Realtime, Clock.Monotonic, Clock.Boottime, Clock.RealtimeAlarm, Clock.BoottimeAlarm];

    private readonly ITimeSource _time;
    private readonly FakeTime? _fake;
    private readonly PendingQueue _pending = new();
    private readonly List<EventSource> _postponed = [];
    private readonly TimerQueue[] _timers;
    private readonly ulong[] _now = new ulong[s_clocks.Length];
    private readonly bool[] _nowKnown = new bool[s_clocks.Length];
    private long _round;
    private bool _exiting;

    public EventLoop(ITimeSource? time = null)
    {
        _time = time ?? SystemTime.Instance;
        _fake = _time as FakeTime;
        _timers = Array.ConvertAll(s_clocks, clock => new TimerQueue(this, clock));
        _fake?.Attach(this);
    }

    public int ExitCode { get; private set; }

    public bool IsExiting => _exiting;

    /// <summary>There are handlers that wait for their turn, in this round or in the next.</summary>
    public bool HasPending => _pending.Count > 0 || _postponed.Count > 0;

    /// <summary>Where a handler's exception goes. Unset, it ends the loop: tests want that, a manager does not.</summary>
    public Action<Exception>? Unhandled { get; set; }

    /// <summary>Runs when the handlers of a round are through, before the loop sleeps again.</summary>
    public Action? AfterRound { get; set; }

    /// <summary>See <see cref="WakeUps"/>. Without it all windows are at the beginning of minutes.</summary>
    public ulong Perturbation { get; set; }

    internal Epoll Epoll { get; } = new();

    internal SlotTable Slots { get; } = new();

    /// <summary>The clock as it is at this very moment: for times that are shown, where two events of one wake-up must differ.</summary>
    public ulong ReadClock(Clock clock) => _time.Now(clock);

    /// <summary>
    /// The time on the monotonic clock when a span that begins at this very moment is over: what was done in this round, as to signal a crowd, may have taken a
    /// good part of it.
    /// </summary>
    public ulong DeadlineIn(ulong spanUsec) => TimerSource.Later(ReadClock(Clock.Monotonic), spanUsec);

    /// <summary>Microseconds on the clock, as of this round.</summary>
    public ulong Now(Clock clock)
    {
        if (_fake is not null)
        {
            return _fake.Now(Base(clock));
        }

        var index = Index(clock);
        if (!_nowKnown[index])
        {
            _now[index] = _time.Now(Base(clock));
            _nowKnown[index] = true;
        }

        return _now[index];
    }

    /// <summary>One round; sleeps at most so long (-1: until something happens). True when a handler ran.</summary>
    public bool RunOnce(long timeoutUsec = -1)
    {
        if (_exiting)
        {
            return false;
        }

        Sleep(timeoutUsec);
        foreach (var timers in _timers)
        {
            timers.Collect();
        }

        var ran = DispatchPending();
        AfterRound?.Invoke();
        return ran;
    }

    /// <summary>Runs until <see cref="Exit"/>, and returns its code.</summary>
    public int Run()
    {
        while (!_exiting)
        {
            RunOnce();
        }

        return ExitCode;
    }

    /// <summary>Ends the loop after the handler that runs now.</summary>
    public void Exit(int code)
    {
        ExitCode = code;
        _exiting = true;
    }

    public void Dispose()
    {
        _fake?.Detach(this);
        foreach (var group in _signals)
        {
            group.Dispose();
        }

        foreach (var timers in _timers)
        {
            timers.Dispose();
        }

        _watches?.Dispose();
        Epoll.Dispose();
    }

    internal void MakePending(EventSource source) => _pending.Add(source);

    internal void Forget(EventSource source)
    {
        _pending.Remove(source);
        _postponed.Remove(source);
    }

    internal ulong? NextWakeUp(Clock clock) => _timers[Index(clock)].Next;

    /// <summary>The place in <see cref="s_clocks"/>.</summary>
    private static int Index(Clock clock) => clock switch
    {
        Clock.Realtime => 0,
        Clock.Monotonic => 1,
        Clock.Boottime => 2,
        Clock.RealtimeAlarm => 3,
        _ => 4,
    };

    /// <summary>Alarm clocks show what the others show, but can be read only where there are alarms.</summary>
    private static Clock Base(Clock clock) => clock switch
    {
        Clock.RealtimeAlarm => Clock.Realtime,
        Clock.BoottimeAlarm => Clock.Boottime,
        _ => clock,
    };

    private static int Milliseconds(long microseconds) =>
        microseconds < 0 ? -1 : (int)Math.Min((microseconds + 999) / 1000, int.MaxValue);

    private void Sleep(long timeoutUsec)
    {
        if (_fake is null)
        {
            foreach (var timers in _timers)
            {
                timers.Arm();
            }
        }

        var ready = Epoll.Wait(_pending.Count > 0 ? 0 : Milliseconds(timeoutUsec));
        _nowKnown.AsSpan().Clear();
        _round++;
        for (var i = 0; i < ready; i++)
        {
            var (events, data) = Epoll.Event(i);
            if (Slots.Find(data) is { } source)
            {
                source.Returned |= events;
                _pending.Add(source);
            }
        }
    }

    private bool DispatchPending()
    {
        var ran = false;
        while (!_exiting && _pending.Take() is { } source)
        {
            if (source.LastRound == _round)
            {
                _postponed.Add(source);
                continue;
            }

            source.LastRound = _round;
            ran = true;
            Dispatch(source);
        }

        foreach (var source in _postponed)
        {
            _pending.Add(source);
        }

        _postponed.Clear();
        return ran;
    }

    private void Dispatch(EventSource source)
    {
        if (Unhandled is null)
        {
            source.Dispatch();
            return;
        }

        try
        {
            source.Dispatch();
        }
        catch (Exception e)
        {
            Unhandled(e);
        }
    }
}
