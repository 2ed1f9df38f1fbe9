using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Finds a unit's processes without control groups: those that descend from a process the unit started, those of a session
/// that one of them leads, and those that carry the unit's $INVOCATION_ID. The manager is a subreaper, so whatever a
/// daemon leaves behind by forking twice becomes a child of ours and is found among our descendants.
/// </summary>
internal sealed class ScanTracker(EventLoop loop) : IProcessTracker
{
    /// <summary>Processes fork while they are signalled; more rounds than this do not help against a fork bomb.</summary>
    private const int RoundsMax = 16;

    private readonly Dictionary<Unit, Entry> _entries = [];
    private readonly HashSet<Unit> _awaited = [];

    public string Root => "";

    public string? Realize(Unit unit)
    {
        _entries.TryAdd(unit, new Entry());
        return null;
    }

    public string ControlGroupOf(Unit unit) => "";

    public string? ControlGroupOfProcess(int pid) => null;

    /// <summary>
    /// One process that is known to live answers for all: the whole table is read only when that one is gone, or a unit with ten
    /// thousand processes would have it read for each that ends.
    /// </summary>
    public bool? IsEmpty(Unit unit)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            return true;
        }

        if (entry.Witness is { } witness && Processes.Stat(witness.Pid) is { State: not ('Z' or 'X') } stat && stat.StartTime == witness.StartTime)
        {
            return false;
        }

        var members = ProcessesOf(unit);
        entry.Witness = members.Count > 0 ? new StartedProcess(members[^1], Processes.StartTime(members[^1]) ?? 0) : null;
        return members.Count == 0;
    }

    public IReadOnlyList<int> ProcessesOf(Unit unit) =>
        _entries.TryGetValue(unit, out var entry) ? Members(unit, entry, ProcessSnapshot.Take()) : [];

    /// <summary>Up the tree from the process itself, without a look at all the others: anybody may make us ask, by a notification.</summary>
    public Unit? OwnerOf(int pid)
    {
        var self = Environment.ProcessId;
        for (var at = pid; at > 1 && at != self && Processes.Stat(at) is { } stat; at = stat.ParentPid)
        {
            var invocation = Processes.EnvironmentValue(at, "INVOCATION_ID");
            foreach (var (unit, entry) in _entries)
            {
                var isRoot = entry.Roots.Contains(new StartedProcess(at, stat.StartTime));
                if (isRoot || LeadsSession(entry, stat.Session) || (invocation is { Length: > 0 } && invocation == unit.InvocationId))
                {
                    return unit;
                }
            }
        }

        return null;
    }

    /// <summary>A process that the unit started: the root of a tree, and the leader of a session, that belong to it.</summary>
    public void Adopt(Unit unit, int pid)
    {
        Realize(unit);
        _entries[unit].Roots.Add(new StartedProcess(pid, Processes.StartTime(pid) ?? 0));
    }

    public int Kill(Unit unit, int signo, bool thenContinue, ReadOnlySpan<int> except, Action<int>? reached)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            return 0;
        }

        var signalled = new HashSet<int>();
        for (var round = 0; round < RoundsMax; round++)
        {
            var news = false;
            foreach (var pid in Members(unit, entry, ProcessSnapshot.Take()))
            {
                if (except.Contains(pid) || !signalled.Add(pid))
                {
                    continue;
                }

                news = true;
                if (Signal(pid, signo, thenContinue))
                {
                    reached?.Invoke(pid);
                }
            }

            if (!news)
            {
                break;
            }
        }

        return signalled.Count;
    }

    /// <summary>Only control groups are frozen.</summary>
    public void Thaw(Unit unit)
    {
    }

    public void WatchEmpty(Unit unit)
    {
        _awaited.Add(unit);
        if (_entries.TryGetValue(unit, out var entry))
        {
            entry.Recheck ??= loop.DeferLater(() => OnMaybeEmpty(unit), EventPriority.CgroupEmpty);
            entry.Recheck.Schedule();
        }
    }

    public void Release(Unit unit)
    {
        if (_entries.TryGetValue(unit, out var entry) && IsEmpty(unit) == true)
        {
            _awaited.Remove(unit);
            entry.Recheck?.Dispose();
            _entries.Remove(unit);
        }
    }

    /// <summary>A child has exited: units that wait for their last process are looked at, once for many exits.</summary>
    public void OnChildExited()
    {
        foreach (var unit in _awaited)
        {
            if (_entries.TryGetValue(unit, out var entry))
            {
                entry.Recheck?.Schedule();
            }
        }
    }

    private void OnMaybeEmpty(Unit unit)
    {
        if (_awaited.Contains(unit) && IsEmpty(unit) == true)
        {
            _awaited.Remove(unit);
            unit.OnProcessesGone();
        }
    }

    private static bool LeadsSession(Entry entry, int session)
    {
        foreach (var root in entry.Roots)
        {
            if (root.Pid == session)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Signal(int pid, int signo, bool thenContinue)
    {
        var opened = ProcessHandle.Open(pid);
        if (!opened.Ok)
        {
            return false;
        }

        using var handle = opened.Value;
        var reached = handle.Signal(signo, out _);
        if (reached && thenContinue && signo is not (Signo.SIGKILL or Signo.SIGCONT))
        {
            handle.Signal(Signo.SIGCONT, out _);
        }

        return reached;
    }

    private static List<int> Members(Unit unit, Entry entry, ProcessSnapshot snapshot)
    {
        var roots = new HashSet<int>();
        foreach (var root in entry.Roots)
        {
            // Sessions outlive their leaders, but a number that went to another process since is none of ours.
            if (snapshot.StartTimeOf(root.Pid) is not { } started || started == root.StartTime)
            {
                roots.Add(root.Pid);
            }
        }

        return snapshot.Find(roots, unit.InvocationId);
    }

    private readonly record struct StartedProcess(int Pid, ulong StartTime);

    private sealed class Entry
    {
        public HashSet<StartedProcess> Roots { get; } = [];

        /// <summary>A process of the unit that lived when it was last looked at.</summary>
        public StartedProcess? Witness { get; set; }

        public DeferSource? Recheck { get; set; }
    }
}
