using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>All units, by each of their names, by the processes they watch and by the id of their current run.</summary>
internal sealed class UnitTable
{
    private readonly Dictionary<string, Unit> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Unit> _byPid = [];
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

    public void Watch(int pid, Unit unit) => _byPid[pid] = unit;

    public void Unwatch(int pid, Unit unit)
    {
        if (_byPid.TryGetValue(pid, out var watcher) && ReferenceEquals(watcher, unit))
        {
            _byPid.Remove(pid);
        }
    }

    public Unit? WatcherOf(int pid) => _byPid.GetValueOrDefault(pid);

    /// <summary>The unit that watches the process, or else the one whose processes it is among.</summary>
    public Unit? OwnerOf(int pid) => WatcherOf(pid) ?? FindOwner?.Invoke(pid);

    /// <summary>How to find the unit of a process that nobody watches.</summary>
    public Func<int, Unit?>? FindOwner { get; set; }

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
