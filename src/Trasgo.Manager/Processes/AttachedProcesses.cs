using Trasgo.Engine.State;
using Trasgo.Engine.Units;

namespace Trasgo.Manager;

/// <summary>
/// Processes that were handed over to a unit, as to a scope, although they descend from another one's: they, and what they start, are the
/// former's. Without control groups nothing else tells.
/// </summary>
internal sealed class AttachedProcesses
{
    private readonly Dictionary<int, (ulong StartTime, Unit Unit)> _owners = [];

    public void Add(int pid, ulong startTime, Unit unit) => _owners[pid] = (startTime, unit);

    public void Remove(Unit unit)
    {
        foreach (var (pid, owner) in _owners)
        {
            if (ReferenceEquals(owner.Unit, unit))
            {
                _owners.Remove(pid);
            }
        }
    }

    public void Save(Unit unit, StateRecord record)
    {
        foreach (var (pid, owner) in _owners)
        {
            if (ReferenceEquals(owner.Unit, unit))
            {
                record.Add("attached", StateRecord.Text((ulong)pid), StateRecord.Text(owner.StartTime));
            }
        }
    }

    public void Restore(Unit unit, StateRecord record)
    {
        foreach (var words in record.All("attached", 2))
        {
            if (StateRecord.TryNumber(words[1], out var startTime))
            {
                Add(StateRecord.Int(words[0]), startTime, unit);
            }
        }
    }

    public bool Has(Unit unit)
    {
        foreach (var owner in _owners.Values)
        {
            if (ReferenceEquals(owner.Unit, unit))
            {
                return true;
            }
        }

        return false;
    }

    public Unit? OwnerOf(int pid, ulong startTime) => _owners.TryGetValue(pid, out var owner) && owner.StartTime == startTime ? owner.Unit : null;

    /// <summary>Those of the snapshot that were handed over to others.</summary>
    public HashSet<int> NotOf(Unit unit, ProcessSnapshot snapshot)
    {
        var strangers = new HashSet<int>();
        foreach (var (pid, owner) in _owners)
        {
            if (!ReferenceEquals(owner.Unit, unit) && snapshot.StartTimeOf(pid) == owner.StartTime)
            {
                strangers.Add(pid);
            }
        }

        return strangers;
    }
}
