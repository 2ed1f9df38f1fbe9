namespace Trasgo.Linux;

/// <summary>
/// The timers of one clock, and one timerfd for all of them. It is set to a moment at which the first of them may run and no other must
/// have run already; all that may run by then run together. It is set anew only when that moment changes.
/// </summary>
internal sealed class TimerQueue(EventLoop loop, Clock clock) : IDisposable
{
    private readonly TimerHeap _earliest = new(byLatest: false);
    private readonly TimerHeap _latest = new(byLatest: true);
    private TimerDescriptor? _descriptor;

    public Clock Clock { get; } = clock;

    /// <summary>When the loop is to wake up for a timer.</summary>
    public ulong? Next => _earliest.Count > 0 ? WakeUps.Choose(_earliest.First.Deadline, _latest.First.Latest, loop.Perturbation) : null;

    /// <summary>The wall clock was set: only the realtime queue can say so.</summary>
    public Action? Jumped { get; set; }

    public void Add(TimerSource timer)
    {
        _earliest.Add(timer);
        _latest.Add(timer);
    }

    public void Remove(TimerSource timer)
    {
        _earliest.Remove(timer);
        _latest.Remove(timer);
    }

    /// <summary>Moves what is due to the loop's pending sources.</summary>
    public void Collect()
    {
        while (_earliest.Count > 0 && _earliest.First.Deadline <= loop.Now(Clock))
        {
            var due = _earliest.First;
            Remove(due);
            loop.MakePending(due);
        }
    }

    /// <summary>Makes the kernel's timer, where there is none yet; alarm clocks are not for everybody.</summary>
    public Errno Open()
    {
        if (_descriptor is null)
        {
            var opened = TimerDescriptor.Open(loop, Clock, () => Jumped?.Invoke());
            if (!opened.Ok)
            {
                return opened.Error;
            }

            _descriptor = opened.Value;
        }

        return Errno.None;
    }

    /// <summary>Before the loop sleeps: the kernel's timer is set to the next wake-up.</summary>
    public void Arm()
    {
        if (_earliest.Count > 0 || Jumped is not null)
        {
            if (Open() is var error and not Errno.None)
            {
                throw new LinuxException("timerfd_create", error);
            }

            _descriptor!.Set(Next ?? TimerSource.Never);
        }
        else
        {
            _descriptor?.Clear();
        }
    }

    public void Dispose() => _descriptor?.Dispose();
}
