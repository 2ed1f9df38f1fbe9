using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>Units to look at, each at most once at a time, in the order they came.</summary>
internal abstract class UnitQueue(EngineContext context)
{
    private readonly Queue<Unit> _queue = [];
    private readonly HashSet<Unit> _queued = [];

    protected EngineContext Context => context;

    /// <summary>Worth queueing now; <see cref="Process"/> looks again, since things may change in between.</summary>
    protected virtual bool Concerns(Unit unit) => true;

    protected abstract void Process(Unit unit);

    public void Add(Unit unit)
    {
        if (Concerns(unit) && _queued.Add(unit))
        {
            _queue.Enqueue(unit);
            context.Wake();
        }
    }

    /// <summary>Adds all that a unit has such dependencies on.</summary>
    public void AddDependenciesOf(Unit unit, UnitDependencyAtom atom)
    {
        foreach (var other in unit.Dependencies(atom))
        {
            Add((Unit)other);
        }
    }

    public void Remove(Unit unit) => _queued.Remove(unit);

    public virtual bool Drain()
    {
        var worked = false;
        while (_queue.TryDequeue(out var unit))
        {
            // Not there any more: the unit was collected in the meantime.
            if (_queued.Remove(unit))
            {
                worked = true;
                Process(unit);
            }
        }

        return worked;
    }
}
