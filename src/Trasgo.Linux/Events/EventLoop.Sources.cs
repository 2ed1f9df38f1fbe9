namespace Trasgo.Linux;

/// <summary>What can be subscribed to.</summary>
internal sealed partial class EventLoop
{
    private readonly List<SignalGroup> _signals = [];
    private readonly List<ClockJumpSource> _clockJumps = [];
    private InotifyTable? _watches;

    public IoSource OnReadable(Descriptor fd, Action handler, int priority = 0) =>
        new(this, fd.Raw, IoEvents.Readable, handler, null, priority);

    public IoSource OnIo(Descriptor fd, IoEvents events, Action<IoEvents> handler, int priority = 0) =>
        new(this, fd.Raw, events, null, handler, priority);

    /// <summary>
    /// Whether a descriptor can be waited for at all: EPERM for regular files, directories and devices that are always ready, such as /dev/null
    /// (epoll_ctl(2)). For descriptors that were made by others: to subscribe to such a one is a bug.
    /// </summary>
    public Errno CheckWatchable(Descriptor fd)
    {
        var error = Epoll.Add(fd.Raw, IoEvents.None, 0);
        if (error == Errno.None)
        {
            Epoll.Delete(fd.Raw);
        }

        return error == Errno.EEXIST ? Errno.None : error;
    }

    /// <summary>A one-shot timer at an absolute time. <see cref="TimerSource.Never"/> makes it disarmed.</summary>
    public TimerSource At(Clock clock, ulong deadlineUsec, Action handler, int priority = 0) =>
        new(this, _timers[Index(clock)], deadlineUsec, handler, priority);

    /// <summary>Whether timers of a clock can be had: those of alarm clocks not always.</summary>
    public Errno CheckClock(Clock clock) => _fake is null ? _timers[Index(clock)].Open() : Errno.None;

    /// <summary>Runs the handler once, before the loop sleeps again.</summary>
    public DeferSource Defer(Action handler, int priority = 0)
    {
        var source = new DeferSource(this, handler, priority);
        source.Schedule();
        return source;
    }

    /// <summary>As <see cref="Defer"/>, but not scheduled yet: a queue's owner makes it once and schedules it when the queue fills.</summary>
    public DeferSource DeferLater(Action handler, int priority = 0) => new(this, handler, priority);

    /// <summary>Blocks the signal in this thread and takes it from a signalfd. See <see cref="Signals"/> about the other threads.</summary>
    public SignalSource OnSignal(int signo, Action<SignalInfo> handler, int priority = 0)
    {
        var group = _signals.Find(g => g.Priority == priority);
        if (group is null)
        {
            group = new SignalGroup(this, priority);
            _signals.Add(group);
        }

        return new SignalSource(this, group, signo, handler, priority);
    }

    public ClockJumpSource OnClockJump(Action handler, int priority = EventPriority.Clock)
    {
        var source = new ClockJumpSource(this, handler, priority);
        _clockJumps.Add(source);
        _timers[0].Jumped = NoticeClockJump;
        return source;
    }

    /// <summary>Watches a path. It may be missing, or watches be used up: see <see cref="DirectoryWatch.Error"/>.</summary>
    public DirectoryWatch Watch(string path, InotifyMask mask, InotifyHandler handler, int priority = 0)
    {
        _watches ??= new InotifyTable(this);
        return _watches.Add(path, mask, handler, priority);
    }

    internal void NoticeClockJump()
    {
        foreach (var source in _clockJumps)
        {
            MakePending(source);
        }
    }

    internal void RemoveClockJump(ClockJumpSource source)
    {
        _clockJumps.Remove(source);
        if (_clockJumps.Count == 0)
        {
            _timers[0].Jumped = null;
        }
    }
}
