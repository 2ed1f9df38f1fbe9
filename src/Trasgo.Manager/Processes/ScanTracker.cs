using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>
/// Finds a unit's processes without control groups: those that descend from a process the unit started, those of a session
/// that one of them leads, and those that carry the unit's $INVOCATION_ID. The manager is a subreaper, so whatever a
/// daemon leaves behind by forking twice becomes a child of ours and is found among our descendants. Who was found once stays
/// known (<see cref="SeenProcesses"/>). What makes a session of its own, empties its environment and loses its parent before
/// anybody has looked is not found.
/// </summary>
internal sealed class ScanTracker(EventLoop loop) : IProcessTracker
{
    /// <summary>Processes fork while they are signalled; more rounds than this do not help against a fork bomb.</summary>
    private const int RoundsMax = 16;

    private readonly Dictionary<Unit, Entry> _entries = [];
    private readonly HashSet<Unit> _awaited = [];
    private readonly AttachedProcesses _attached = new();
    private readonly OwnChildren _children = new(ProcessControl.IsSubreaper || ProcessControl.Pid == 1 ? Processes.OwnChildren : static () => null);

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
        entry.Witness = members.Count > 0 ? (members[^1], Processes.StartTime(members[^1]) ?? 0) : null;
        return members.Count == 0;
    }

    public IReadOnlyList<int> ProcessesOf(Unit unit) => _entries.TryGetValue(unit, out var entry) ? Scan(unit, entry) : [];

    public bool Holds(Unit unit, int pid) => _entries.TryGetValue(unit, out var entry) && Holds(unit, entry, pid);

    /// <summary>Whoever loses its parent by what comes now is known then.</summary>
    public void LookAround(Unit unit) => _ = ProcessesOf(unit);

    /// <summary>Up the tree from the process itself, without a look at all the others: anybody may make us ask, by a notification.</summary>
    public Unit? OwnerOf(int pid)
    {
        foreach (var place in Above(pid))
        {
            if (_attached.OwnerOf(place.Pid, place.Stat.StartTime) is { } owner)
            {
                return owner;
            }

            foreach (var (unit, entry) in _entries)
            {
                if (place.Belongs(unit, entry))
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
        var entry = _entries[unit];
        entry.EmptyAt = 0;
        _children.Add(pid, unit);
        entry.Seen.Add(pid, Processes.StartTime(pid) ?? 0);
        if (entry.Seen.IsCrowded)
        {
            entry.Seen.Prune(ProcessSnapshot.Take());
        }
    }

    public Errno Attach(Unit unit, int pid, string subgroup)
    {
        if (Processes.StartTime(pid) is not { } startTime)
        {
            return Errno.ESRCH;
        }

        Realize(unit);
        _attached.Add(pid, startTime, unit);
        Adopt(unit, pid);
        return Errno.None;
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
            foreach (var pid in Scan(unit, entry))
            {
                if (except.Contains(pid) || !signalled.Add(pid))
                {
                    continue;
                }

                news = true;
                if (Signal(unit, entry, pid, signo, thenContinue))
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

    public void Release(Unit unit, bool keepCounts)
    {
        if (_entries.TryGetValue(unit, out var entry) && IsEmpty(unit) == true)
        {
            _awaited.Remove(unit);
            entry.Recheck?.Dispose();
            entry.Member?.Dispose();
            _attached.Remove(unit);
            _entries.Remove(unit);
        }
    }

    public void Save(Unit unit, StateRecord record)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            return;
        }

        // Whoever is known only by having been seen is not to be lost; all others are found by the next manager as by this one.
        record.Put("tracked", true);
        record.Put("awaits-empty", _awaited.Contains(unit));
        entry.Seen.Save(record);
        _attached.Save(unit, record);
    }

    public void Restore(Unit unit, StateRecord record)
    {
        if (!record.Flag("tracked"))
        {
            return;
        }

        Realize(unit);
        _entries[unit].Seen.Restore(record);
        _attached.Restore(unit, record);
        if (record.Flag("awaits-empty"))
        {
            WatchEmpty(unit);
        }
    }

    /// <summary>A child has exited and is still a zombie: units that wait for their last process are looked at, once for many exits.</summary>
    public void OnChildExited(int pid)
    {
        _children.OnEnded(pid);
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
        if (!_awaited.Contains(unit) || !_entries.TryGetValue(unit, out var entry))
        {
            return;
        }

        if (IsEmpty(unit) == true)
        {
            _awaited.Remove(unit);
            entry.Member?.Dispose();
            unit.OnProcessesGone();
        }
        else if (unit.Type == UnitType.Scope && entry.Witness is { Pid: var pid })
        {
            // Nobody's child of ours, so that its end is not told otherwise.
            entry.Member ??= new MemberWatch(loop, () => OnMaybeEmpty(unit));
            entry.Member.Follow(pid);
        }
    }

    /// <summary>The PID was read a moment ago and may be another process by now: it is held by a pidfd, and looked at again.</summary>
    private bool Signal(Unit unit, Entry entry, int pid, int signo, bool thenContinue)
    {
        var opened = ProcessHandle.Open(pid);
        if (!opened.Ok)
        {
            return false;
        }

        using var handle = opened.Value;
        if (!Holds(unit, entry, pid))
        {
            return false;
        }

        var reached = handle.Signal(signo, out _);
        if (reached && thenContinue && signo is not (Signo.SIGKILL or Signo.SIGCONT))
        {
            handle.Signal(Signo.SIGCONT, out _);
        }

        return reached;
    }

    private bool Holds(Unit unit, Entry entry, int pid)
    {
        foreach (var place in Above(pid))
        {
            if (_attached.OwnerOf(place.Pid, place.Stat.StartTime) is { } owner)
            {
                return ReferenceEquals(owner, unit);
            }

            if (place.Belongs(unit, entry))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The process, its parent and so on up to ourselves, as they are now.</summary>
    private static IEnumerable<Place> Above(int pid)
    {
        var self = Environment.ProcessId;
        for (var at = pid; at > 1 && at != self && Processes.Stat(at) is { } stat; at = stat.ParentPid)
        {
            yield return new Place(at, stat, Processes.EnvironmentValue(at, "INVOCATION_ID") ?? "");
        }
    }

    /// <summary>A service that ends is asked several times in a row whether anything is left of it: what is gone in this wake-up stays so.</summary>
    private bool IsKnownEmpty(Unit unit, Entry entry)
    {
        var now = loop.Now(Clock.Monotonic);
        if (entry.EmptyAt != now && !_attached.Has(unit) && _children.AreAllOfOthers(unit))
        {
            entry.EmptyAt = now;
        }

        return entry.EmptyAt == now;
    }

    private List<int> Scan(Unit unit, Entry entry)
    {
        if (IsKnownEmpty(unit, entry))
        {
            return [];
        }

        var snapshot = ProcessSnapshot.Take();
        var members = snapshot.Find(entry.Seen.In(snapshot), unit.InvocationId, _attached.NotOf(unit, snapshot));
        foreach (var pid in members)
        {
            entry.Seen.Add(pid, snapshot.StartTimeOf(pid) ?? 0);
        }

        if (entry.Seen.IsCrowded)
        {
            entry.Seen.Prune(snapshot);
        }

        return members;
    }

    private readonly record struct Place(int Pid, ProcessStat Stat, string InvocationId)
    {
        public bool Belongs(Unit unit, Entry entry) =>
            entry.Seen.Contains(Pid, Stat.StartTime) || entry.Seen.LeadsSession(Stat.Session) ||
            (InvocationId.Length > 0 && InvocationId == unit.InvocationId);
    }

    private sealed class Entry
    {
        public SeenProcesses Seen { get; } = new();

        /// <summary>The moment of the wake-up in which nothing was left.</summary>
        public ulong EmptyAt { get; set; }

        /// <summary>A process of the unit that lived when it was last looked at.</summary>
        public (int Pid, ulong StartTime)? Witness { get; set; }

        public DeferSource? Recheck { get; set; }

        public MemberWatch? Member { get; set; }
    }
}
