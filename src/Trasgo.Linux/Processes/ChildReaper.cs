namespace Trasgo.Linux;

/// <summary>Whose children the reaper waits for.</summary>
internal enum ReapScope
{
    /// <summary>All that SIGCHLD tells of, orphans that were given to us included: a manager.</summary>
    All,

    /// <summary>Only what our spawner made, by pidfd: inside a program with children of its own, as a test host is.</summary>
    Spawned,
}

/// <summary>
/// Reports every child's end while the child is still a zombie, so that whoever is told can look at /proc/PID and its control group and
/// the PID cannot be anybody else's; then reaps it. An end that comes in before the loop has heard of the spawn waits for that.
/// The work of one wake-up is bounded: of ten thousand orphans at once each wake-up takes a part, and the bus is served in between.
/// </summary>
internal sealed unsafe class ChildReaper : IDisposable
{
    private const int Batch = 64;
    private const int AnyChild = 0;
    private const int OneChild = 1;
    private const int Exited = 4;
    private const int NoHang = 1;
    private const int NoWait = 0x0100_0000;
    private const int AllThreads = 0x4000_0000;

    private readonly EventLoop _loop;
    private readonly DeferSource _more;
    private readonly SignalSource? _signal;
    private bool _isHeldBack;
    private readonly Dictionary<int, (Descriptor PidFd, IoSource Source)> _watched = [];

    public ChildReaper(EventLoop loop, Action<ChildExit>? handler = null, ReapScope? scope = null)
    {
        _loop = loop;
        Handler = handler;
        Scope = scope ?? (Signals.IsBlockedEverywhere(Signo.SIGCHLD) ? ReapScope.All : ReapScope.Spawned);
        _more = loop.DeferLater(Reap, EventPriority.Children);
        if (Scope == ReapScope.All)
        {
            _signal = loop.OnSignal(Signo.SIGCHLD, _ => _more.Schedule(), EventPriority.Children);
            _more.Schedule();
        }
    }

    public ReapScope Scope { get; }

    public Action<ChildExit>? Handler { get; set; }

    internal Spawner? Spawner { get; set; }

    public void Dispose()
    {
        _signal?.Dispose();
        _more.Dispose();
        foreach (var (pidFd, source) in _watched.Values)
        {
            source.Dispose();
            pidFd.Dispose();
        }

        _watched.Clear();
    }

    /// <summary>The loop has heard of spawns: the exit that was held back until then can be reported.</summary>
    public void Check()
    {
        if (_isHeldBack)
        {
            _isHeldBack = false;
            _more.Schedule();
        }
    }

    internal void Adopt(int pid, Descriptor? pidFd)
    {
        // A copy: the spawn's own descriptor is its caller's, who may close it before the process ends.
        if (Scope == ReapScope.Spawned && pidFd?.Duplicate() is { Ok: true, Value: var copy })
        {
            _watched[pid] = (copy, _loop.OnReadable(copy, () => ReapOne(pid), EventPriority.Children));
        }
    }

    private void Reap()
    {
        for (var i = 0; i < Batch; i++)
        {
            ChildInfo info = default;
            if (Libc.waitid(AnyChild, 0, &info, Exited | NoHang | NoWait | AllThreads) < 0 || info.Pid == 0)
            {
                return;
            }

            if (Spawner?.IsInFlight(info.Pid) == true)
            {
                // Its completion is on its way and checks again.
                _isHeldBack = true;
                return;
            }

            Deliver(info);
        }

        _more.Schedule();
    }

    private void ReapOne(int pid)
    {
        ChildInfo info = default;
        if (Libc.waitid(OneChild, (uint)pid, &info, Exited | NoHang | NoWait | AllThreads) < 0 || info.Pid == 0)
        {
            return;
        }

        if (_watched.Remove(pid, out var watch))
        {
            watch.Source.Dispose();
            watch.PidFd.Dispose();
        }

        Deliver(info);
    }

    private void Deliver(ChildInfo info)
    {
        try
        {
            Spawner?.OnExit(info.Pid);
            Handler?.Invoke(new ChildExit(info.Pid, (ChildExitCode)info.Code, info.Status));
        }
        finally
        {
            _ = Libc.waitid(OneChild, (uint)info.Pid, &info, Exited | NoHang | AllThreads);
        }
    }
}
