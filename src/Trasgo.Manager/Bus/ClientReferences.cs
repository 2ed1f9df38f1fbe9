using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
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

    /// <summary>The units that the client holds, and how often.</summary>
    public IEnumerable<(Unit Unit, int Count)> HeldBy(ICaller caller)
    {
        foreach (var (unit, callers) in _references)
        {
            if (callers.TryGetValue(caller, out var count))
            {
                yield return (unit, count);
            }
        }
    }

    /// <summary>The clients that hold the unit, by the names they have; direct ones have none.</summary>
    public IEnumerable<string> Of(Unit unit)
    {
        if (_references.TryGetValue(unit, out var callers))
        {
            foreach (var (caller, count) in callers)
            {
                for (var i = 0; caller.UniqueName is not null && i < count; i++)
                {
                    yield return caller.UniqueName;
                }
            }
        }
    }

    public bool AnyOf(ICaller caller)
    {
        foreach (var callers in _references.Values)
        {
            if (callers.ContainsKey(caller))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether somebody behind a message bus holds the unit.</summary>
    public bool AreRemote(Unit unit)
    {
        if (_references.TryGetValue(unit, out var callers))
        {
            foreach (var caller in callers.Keys)
            {
                if (caller is RemoteCaller)
                {
                    return true;
                }
            }
        }

        return false;
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
