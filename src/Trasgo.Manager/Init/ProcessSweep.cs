using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Ends processes for good: SIGTERM, time to comply, SIGKILL. It has a loop of its own, since the manager's has ended by then, and waits
/// by events: the ends of children come as SIGCHLD, those of others by their pidfds.
/// </summary>
internal sealed class ProcessSweep : IDisposable
{
    public const ulong DefaultTimeoutUsec = 10_000_000;

    /// <summary>Descriptors for this many at a time; whoever is beyond it is found when one of these has ended.</summary>
    private const int WatchedAtOnce = 256;

    private readonly EventLoop _loop;
    private readonly ChildReaper _reaper;
    private readonly IEngineLog _log;
    private readonly Func<IEnumerable<int>> _candidates;
    private readonly Dictionary<int, (ProcessHandle Handle, IoSource? Source)> _watched = [];
    private bool _timedOut;
    private bool _announced;

    /// <summary>The candidates are asked for again and again, as processes fork while they are being ended.</summary>
    public ProcessSweep(Func<IEnumerable<int>> candidates, IEngineLog log, ITimeSource? time = null)
    {
        _candidates = candidates;
        _log = log;
        _loop = new EventLoop(time);
        _reaper = new ChildReaper(_loop);
    }

    /// <summary>Everybody in our PID namespace. Only its PID 1 may end it, so for all others it is empty.</summary>
    public static IEnumerable<int> Everybody() => ProcessControl.Pid == 1 ? Processes.All() : [];

    /// <summary>True when nobody is left.</summary>
    public bool Run(ulong timeoutUsec = DefaultTimeoutUsec) =>
        Round(Signo.SIGTERM, timeoutUsec, "Sending SIGTERM to remaining processes...")
        || Round(Signo.SIGKILL, timeoutUsec, "Sending SIGKILL to remaining processes...");

    public void Dispose()
    {
        foreach (var (handle, source) in _watched.Values)
        {
            source?.Dispose();
            handle.Dispose();
        }

        _reaper.Dispose();
        _loop.Dispose();
    }

    /// <summary>
    /// Neither ourselves nor a kernel thread, nor one that is dead already; and by systemd's rule for daemons that the root file system lives
    /// on, none of root's whose argv[0] begins with "@".
    /// </summary>
    internal static bool IsMortal(int pid) =>
        pid != 1 && pid != ProcessControl.Pid && Processes.Stat(pid) is { State: not ('Z' or 'X') } stat && (stat.Flags & 0x0020_0000) == 0
        && !(Processes.CommandLine(pid) is [['@', ..], ..] && Processes.Uid(pid) == 0);

    private bool Round(int signo, ulong timeoutUsec, string announcement)
    {
        var signalled = new HashSet<int>();
        _timedOut = false;
        _announced = false;
        using var timer = _loop.At(Clock.Monotonic, _loop.Now(Clock.Monotonic) + timeoutUsec, () => _timedOut = true);
        while (!_timedOut)
        {
            var left = Look(signo, signalled, announcement);
            if (left == 0)
            {
                return true;
            }

            _loop.RunOnce();
        }

        return Look(signo, signalled, announcement) == 0;
    }

    /// <summary>Signals those who have not been yet, and watches them. Returns how many are left.</summary>
    private int Look(int signo, HashSet<int> signalled, string announcement)
    {
        var alive = new HashSet<int>(_candidates().Where(IsMortal));
        foreach (var gone in _watched.Keys.Where(pid => !alive.Contains(pid)).ToArray())
        {
            Forget(gone);
        }

        signalled.IntersectWith(alive);
        foreach (var pid in alive)
        {
            if (signalled.Contains(pid) || (_watched.Count >= WatchedAtOnce && !_watched.ContainsKey(pid)))
            {
                continue;
            }

            if (Watch(pid) is { } handle)
            {
                Announce(signalled.Count == 0, announcement);
                signalled.Add(pid);
                Signal(handle, signo);
            }
            else
            {
                alive.Remove(pid);
            }
        }

        return alive.Count;
    }

    private void Announce(bool isFirst, string announcement)
    {
        if (isFirst && !_announced)
        {
            _log.Write(LogLevel.Info, unit: null, announcement);
        }

        _announced = true;
    }

    private static void Signal(ProcessHandle process, int signo)
    {
        process.Signal(signo, out _);
        if (signo != Signo.SIGKILL)
        {
            // A shell on a terminal takes SIGHUP for its end and not SIGTERM; one that is stopped hears nothing until it goes on.
            process.Signal(Signo.SIGHUP, out _);
            process.Signal(Signo.SIGCONT, out _);
        }
    }

    /// <summary>Null when it is gone already.</summary>
    private ProcessHandle? Watch(int pid)
    {
        if (_watched.TryGetValue(pid, out var known))
        {
            return known.Handle;
        }

        if (ProcessHandle.Open(pid) is not { Ok: true, Value: var handle })
        {
            return null;
        }

        _watched.Add(pid, (handle, handle.PidFd is { } fd ? _loop.OnReadable(fd, () => Forget(pid)) : null));
        return handle;
    }

    private void Forget(int pid)
    {
        if (_watched.Remove(pid, out var entry))
        {
            entry.Source?.Dispose();
            entry.Handle.Dispose();
        }
    }
}
