using System.Globalization;
using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>
/// Keeps each unit's processes in a control group, which no fork and no setsid(2) leaves. On cgroup2 the kernel tells when
/// a group is empty; on the named v1 hierarchy, which tells nothing reliably, the groups that are waited for are looked at
/// after each child that exits, since orphans become children of ours.
/// </summary>
internal sealed class GroupTracker(EventLoop loop, ControlGroups groups, ControllerTree controllers) : IProcessTracker
{
    private readonly Dictionary<Unit, Entry> _entries = [];
    private readonly Dictionary<string, Unit> _byPath = new(StringComparer.Ordinal);
    private readonly HashSet<Unit> _awaited = [];
    private readonly GroupLimits _limits = new(controllers);

    public string Root => groups.Root;

    public string DelegatedRoot => groups.HasSubgroup ? Parent(groups.Root) : groups.Root;

    /// <summary>The group is about to go, if it is empty, and with it what the kernel has counted in it, for which somebody may ask.</summary>
    public Action<Unit, string> Releasing { get; set; } = static (_, _) => { };

    /// <summary>The group is gone.</summary>
    public Action<Unit> Released { get; set; } = static _ => { };

    /// <summary>A job is about to run on the unit, whose processes have to hear of it.</summary>
    public Action<Unit> Thawing { get; set; } = static _ => { };

    public string? Realize(Unit unit)
    {
        if (_entries.TryGetValue(unit, out var known))
        {
            known.EmptyAt = 0;
            if (groups.Exists(known.Path))
            {
                return null;
            }

            // Somebody else has removed it.
            Forget(unit, known);
        }

        var path = PathFor(unit);
        var error = groups.Create(path);
        if (error != Errno.None)
        {
            return $"Failed to create control group {path}: {ErrnoNames.Message(error)}";
        }

        _entries.Add(unit, new Entry(path));
        _byPath[path] = unit;
        _limits.Apply(unit, path, isNew: true);
        unit.Context.Observer.UnitChanged(unit);
        return null;
    }

    public Errno Attach(Unit unit, int pid, string subgroup)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            return Errno.ENOENT;
        }

        entry.EmptyAt = 0;
        var error = groups.Attach(entry.Path + subgroup, pid);
        foreach (var file in error == Errno.None ? controllers.ProcsFiles(entry.Path + subgroup) : [])
        {
            // It may have ended meanwhile, and a controller that it is not under limits nothing.
            _ = FileSystem.WriteValue(file, pid.ToString(CultureInfo.InvariantCulture));
        }

        return error;
    }

    public void SettingsChanged(Unit unit)
    {
        if (_entries.TryGetValue(unit, out var entry) && entry.Path != groups.Root && groups.Exists(entry.Path))
        {
            _limits.Apply(unit, entry.Path, isNew: false);
        }
    }

    /// <summary>A unit whose group exists already: the root slice's, and the manager's own.</summary>
    public void Register(Unit unit, string path)
    {
        _entries[unit] = new Entry(path);
        if (path.Length > 0)
        {
            _byPath[path] = unit;
        }
    }

    public string ControlGroupOf(Unit unit) => _entries.TryGetValue(unit, out var entry)
        ? entry.Path.Length > 0 ? entry.Path : "/"
        : "";

    public string? ControlGroupOfProcess(int pid) => groups.PathOf(pid);

    public uint? OwnerOfControlGroup(Unit unit) =>
        _entries.TryGetValue(unit, out var entry) && FileSystem.Status(groups.Directory(entry.Path)) is { Ok: true, Value.Uid: var uid } ? uid : null;

    public bool? IsEmpty(Unit unit) => !_entries.TryGetValue(unit, out var entry) || IsEmpty(entry);

    public IReadOnlyList<int> ProcessesOf(Unit unit) => _entries.TryGetValue(unit, out var entry) && !IsEmpty(entry) ? groups.Pids(entry.Path) : [];

    public bool Holds(Unit unit, int pid) => _entries.TryGetValue(unit, out var entry) && groups.Holds(entry.Path, pid);

    /// <summary>The unit whose group, or a group below it, the process is in.</summary>
    public Unit? OwnerOf(int pid)
    {
        for (var path = groups.PathOf(pid); path is { Length: > 0 }; path = Parent(path))
        {
            if (_byPath.TryGetValue(path, out var unit))
            {
                return unit;
            }
        }

        return null;
    }

    public int Kill(Unit unit, int signo, bool thenContinue, ReadOnlySpan<int> except, Action<int>? reached)
    {
        if (!_entries.TryGetValue(unit, out var entry) || IsEmpty(entry))
        {
            return 0;
        }

        var skipped = except.ToArray();
        var pids = groups.Kill(entry.Path, signo, skipped.AsSpan().ContainsAnyExcept(0) ? pid => Array.IndexOf(skipped, pid) >= 0 : null, thenContinue);
        foreach (var pid in pids)
        {
            reached?.Invoke(pid);
        }

        return pids.Count;
    }

    public void Thaw(Unit unit) => Thawing(unit);

    public void WatchEmpty(Unit unit)
    {
        if (!_entries.TryGetValue(unit, out var entry))
        {
            return;
        }

        _awaited.Add(unit);
        if (entry.Watch is null && groups.OnEmpty(loop, entry.Path, () => OnMaybeEmpty(unit)) is { Ok: true, Value: var watch })
        {
            entry.Watch = watch;
        }

        // It may have become empty before anybody watched.
        entry.Recheck ??= loop.DeferLater(() => OnMaybeEmpty(unit), EventPriority.CgroupEmpty);
        entry.Recheck.Schedule();
    }

    public void Release(Unit unit, bool keepCounts)
    {
        if (!_entries.TryGetValue(unit, out var entry) || unit.IsPerpetual || (entry.Watch is not null && !IsEmpty(entry)))
        {
            return;
        }

        if (keepCounts)
        {
            Releasing(unit, entry.Path);
        }

        entry.Watch?.Dispose();
        entry.Watch = null;

        // Whether anybody is in it the kernel says on this occasion, too, and most have no groups below them. What is below a slice's group is other
        // units', one of which may be about to start a process.
        var error = groups.RemoveAlone(entry.Path);
        if (error == Errno.EBUSY && unit.Type != UnitType.Slice && IsEmpty(entry))
        {
            error = groups.Remove(entry.Path);
        }

        if (error is Errno.None or Errno.ENOENT)
        {
            Released(unit);
            _awaited.Remove(unit);
            entry.Dispose();
            _limits.Release(unit, entry.Path);
            _entries.Remove(unit);
            _byPath.Remove(entry.Path);
            unit.Context.Observer.UnitChanged(unit);
        }
    }

    public void Save(Unit unit, StateRecord record)
    {
        if (_entries.TryGetValue(unit, out var entry) && entry.Path.Length > 0)
        {
            record.Add("control-group", entry.Path);
            record.Put("awaits-empty", _awaited.Contains(unit));
        }
    }

    public void Restore(Unit unit, StateRecord record)
    {
        if (record.Text("control-group") is { Length: > 0 } path && path.StartsWith(groups.Root + "/", StringComparison.Ordinal))
        {
            Register(unit, path);
            if (record.Flag("awaits-empty"))
            {
                WatchEmpty(unit);
            }
        }
    }

    /// <summary>A child has exited: groups that report nothing by themselves are looked at.</summary>
    public void OnChildExited()
    {
        if (groups.IsUnified || _awaited.Count == 0)
        {
            return;
        }

        foreach (var unit in _awaited)
        {
            _entries[unit].Recheck?.Schedule();
        }
    }

    /// <summary>For the spawner: the group that a process of the unit is started in.</summary>
    public string? PathForSpawn(Unit unit) => _entries.TryGetValue(unit, out var entry) ? entry.Path : null;

    /// <summary>For the spawner, too: the groups of v1 controllers that the process has to enter.</summary>
    public IReadOnlyList<string> ControllerGroups(Unit unit) => _entries.TryGetValue(unit, out var entry) ? controllers.ProcsFiles(entry.Path) : [];

    private void Forget(Unit unit, Entry entry)
    {
        entry.Dispose();
        controllers.Forget(entry.Path);
        _entries.Remove(unit);
        _byPath.Remove(entry.Path);
        if (_awaited.Contains(unit))
        {
            loop.Defer(() => WatchEmpty(unit), EventPriority.CgroupEmpty);
        }
    }

    /// <summary>
    /// A service that ends is asked several times in a row whether anything is left of it. What was empty in this wake-up is so until its end, unless a
    /// process is started in it, or moved there.
    /// </summary>
    private bool IsEmpty(Entry entry)
    {
        var now = loop.Now(Clock.Monotonic);
        if (entry.EmptyAt != now && groups.IsEmpty(entry.Path))
        {
            entry.EmptyAt = now;
        }

        return entry.EmptyAt == now;
    }

    private void OnMaybeEmpty(Unit unit)
    {
        if (!_awaited.Contains(unit) || !_entries.TryGetValue(unit, out var entry))
        {
            return;
        }

        if (IsEmpty(entry))
        {
            _awaited.Remove(unit);
            entry.Member?.Dispose();
            unit.OnProcessesGone();
        }
        else if (!groups.IsUnified && unit.Type == UnitType.Scope && groups.Pids(entry.Path) is [var pid, ..])
        {
            // Nobody's child of ours, and nobody else tells.
            entry.Member ??= new MemberWatch(loop, () => OnMaybeEmpty(unit));
            entry.Member.Follow(pid);
        }
    }

    /// <summary>The path follows from the slices above the unit, and characters that the kernel reserves are escaped by "_".</summary>
    private string PathFor(Unit unit)
    {
        if (unit.Type == UnitType.Slice)
        {
            return SlicePath(unit.Name);
        }

        var slice = unit.Slice is not { } parent || parent.Id == SpecialUnits.RootSlice ? Root
            : _entries.TryGetValue(parent, out var entry) ? entry.Path
            : SlicePath(parent.Name);
        return $"{slice}/{Escape(unit.Id)}";
    }

    private string SlicePath(UnitName slice)
    {
        if (slice.IsRootSlice)
        {
            return Root;
        }

        var above = slice.ParentSlice() is { } parent ? SlicePath(parent) : Root;
        return $"{above}/{slice.Text}";
    }

    private static string Escape(string name) =>
        name[0] is '_' or '.' || name is "notify_on_release" or "release_agent" or "tasks" || name.StartsWith("cgroup.", StringComparison.Ordinal)
            ? "_" + name
            : name;

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private sealed class Entry(string path) : IDisposable
    {
        public string Path => path;

        /// <summary>The moment of the wake-up in which no process was found.</summary>
        public ulong EmptyAt { get; set; }

        public ControlGroupWatch? Watch { get; set; }

        public DeferSource? Recheck { get; set; }

        public MemberWatch? Member { get; set; }

        public void Dispose()
        {
            Member?.Dispose();
            Member = null;
            Watch?.Dispose();
            Watch = null;
            Recheck?.Dispose();
            Recheck = null;
        }
    }
}
