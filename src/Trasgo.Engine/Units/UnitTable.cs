using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>All units, by each of their names, by the processes they watch and by the id of their current run.</summary>
internal sealed class UnitTable
{
    private readonly Dictionary<string, Unit> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Unit> _byPid = [];
    private readonly Dictionary<int, List<Unit>> _alsoByPid = [];
    private readonly Dictionary<string, Unit> _byInvocation = new(StringComparer.Ordinal);
    private readonly HashSet<Unit> _failed = [];

    public int NameCount => _byName.Count;

    public int FailedCount => _failed.Count;

    /// <summary>Each unit once, whatever the number of its names.</summary>
    public IEnumerable<Unit> All
    {
        get
        {
            foreach (var (name, unit) in _byName)
            {
                if (name == unit.Id)
                {
                    yield return unit;
                }
            }
        }
    }

    public Unit? Find(string name) => _byName.GetValueOrDefault(name);

    public bool Has(string name) => _byName.ContainsKey(name);

    public void Add(string name, Unit unit) => _byName[name] = unit;

    public void Remove(Unit unit)
    {
        foreach (var name in unit.Names)
        {
            if (_byName.TryGetValue(name, out var holder) && ReferenceEquals(holder, unit))
            {
                _byName.Remove(name);
            }
        }

        Forget(unit, unit.InvocationId);
        _failed.Remove(unit);
    }

    public void RemoveName(string name) => _byName.Remove(name);

    public void CountFailed(Unit unit, bool failed)
    {
        if (failed)
        {
            _failed.Add(unit);
        }
        else
        {
            _failed.Remove(unit);
        }
    }

    /// <summary>The unit has just started the process: whoever watches that number means a process that is gone.</summary>
    public void WatchOwn(int pid, Unit unit)
    {
        _byPid[pid] = unit;
        _alsoByPid.Remove(pid);
    }

    /// <summary>
    /// The unit was told of the process, by a PID file or MAINPID=. It may be another unit's main process at the same time, and that unit
    /// must hear of its end as well, or it would count as running for ever.
    /// </summary>
    public void Watch(int pid, Unit unit)
    {
        if (_byPid.TryAdd(pid, unit) || ReferenceEquals(_byPid[pid], unit))
        {
            return;
        }

        if (!_alsoByPid.TryGetValue(pid, out var others))
        {
            _alsoByPid.Add(pid, others = []);
        }

        if (!others.Contains(unit))
        {
            others.Add(unit);
        }
    }

    public void Unwatch(int pid, Unit unit)
    {
        _alsoByPid.TryGetValue(pid, out var others);
        if (!_byPid.TryGetValue(pid, out var watcher) || !ReferenceEquals(watcher, unit))
        {
            others?.Remove(unit);
        }
        else if (others is { Count: > 0 })
        {
            _byPid[pid] = others[0];
            others.RemoveAt(0);
        }
        else
        {
            _byPid.Remove(pid);
        }

        if (others is { Count: 0 })
        {
            _alsoByPid.Remove(pid);
        }
    }

    /// <summary>
    /// The unit whose processes this one is among, or else the first that watches it. Membership comes first: a unit may watch a process
    /// of another one, whose it stays.
    /// </summary>
    public Unit? OwnerOf(int pid) => FindOwner?.Invoke(pid) ?? _byPid.GetValueOrDefault(pid);

    /// <summary>How to find the unit of a process by the place that it has among the processes.</summary>
    public Func<int, Unit?>? FindOwner { get; set; }

    /// <summary>A child has ended. Only the processes that a unit watches mean something to it; of ten thousand orphans, none is looked up.</summary>
    public void TellExit(int pid, int code, int status)
    {
        // The handlers change who watches.
        var others = OthersWatching(pid);
        _byPid.GetValueOrDefault(pid)?.OnProcessExited(pid, code, status);
        foreach (var other in others)
        {
            other.OnProcessExited(pid, code, status);
        }
    }

    /// <summary>A notification: everybody that the sender may belong to judges it by its own rules. False if that is nobody.</summary>
    public bool TellNotification(NotifyMessage message)
    {
        var owner = OwnerOf(message.Pid);
        var watcher = _byPid.GetValueOrDefault(message.Pid);
        var others = OthersWatching(message.Pid);
        owner?.OnNotify(message);
        if (!ReferenceEquals(watcher, owner))
        {
            watcher?.OnNotify(message);
        }

        foreach (var other in others)
        {
            if (!ReferenceEquals(other, owner))
            {
                other.OnNotify(message);
            }
        }

        return owner is not null;
    }

    /// <summary>Those besides the first, as they are now.</summary>
    private Unit[] OthersWatching(int pid) => _alsoByPid.TryGetValue(pid, out var others) ? [.. others] : [];

    public Unit? FindInvocation(string id) => _byInvocation.GetValueOrDefault(id);

    public void Remember(Unit unit, string invocation) => _byInvocation[invocation] = unit;

    public void Forget(Unit unit, string invocation)
    {
        if (invocation.Length > 0 && _byInvocation.TryGetValue(invocation, out var holder) && ReferenceEquals(holder, unit))
        {
            _byInvocation.Remove(invocation);
        }
    }
}
