using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>Units that clients keep loaded (Ref, AddRef). A reference ends with the connection that took it.</summary>
internal sealed class ClientReferences
{
    private readonly Dictionary<Unit, Dictionary<ICaller, int>> _references = [];

    public void Add(Unit unit, ICaller caller)
    {
        if (!_references.TryGetValue(unit, out var callers))
        {
            _references.Add(unit, callers = []);
        }

        callers[caller] = callers.GetValueOrDefault(caller) + 1;
        unit.References++;
    }

    public bool Remove(Unit unit, ICaller caller)
    {
        if (!_references.TryGetValue(unit, out var callers) || !callers.TryGetValue(caller, out var count))
        {
            return false;
        }

        if (count > 1)
        {
            callers[caller] = count - 1;
        }
        else
        {
            callers.Remove(caller);
        }

        Release(unit, callers, 1);
        return true;
    }

    /// <summary>The clients that hold the unit, by the names they have; direct ones have none.</summary>
    public IEnumerable<string> Of(Unit unit)
    {
        if (_references.TryGetValue(unit, out var callers))
        {
            foreach (var (caller, count) in callers)
            {
                for (var i = 0; caller is BusPeer { UniqueName: not null } && i < count; i++)
                {
                    yield return ((BusPeer)caller).UniqueName!;
                }
            }
        }
    }

    public void OnGone(ICaller caller)
    {
        foreach (var (unit, callers) in _references.ToArray())
        {
            if (callers.Remove(caller, out var count))
            {
                Release(unit, callers, count);
            }
        }
    }

    public void OnUnitRemoved(Unit unit) => _references.Remove(unit);

    private void Release(Unit unit, Dictionary<ICaller, int> callers, int count)
    {
        unit.References -= count;
        if (callers.Count == 0)
        {
            _references.Remove(unit);
        }

        if (unit.References == 0)
        {
            unit.Context.Queues.Garbage.Add(unit);
        }
    }
}
