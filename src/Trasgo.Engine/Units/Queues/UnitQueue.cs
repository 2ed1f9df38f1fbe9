using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>Units to look at, each at most once at a time, in the order they came.</summary>
internal abstract class UnitQueue(EngineContext context, QueuePlaces place)
{
    private readonly Queue<Unit> _queue = [];

    protected EngineContext Context => context;

    /// <summary>Worth queueing now; <see cref="Process"/> looks again, since things may change in between.</summary>
    protected virtual bool Concerns(Unit unit) => true;

    protected abstract void Process(Unit unit);

    public void Add(Unit unit)
    {
        if ((unit.QueuedIn & place) == 0 && Concerns(unit))
        {
            unit.QueuedIn |= place;
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

    public virtual bool Drain()
    {
        var worked = false;
        while (_queue.TryDequeue(out var unit))
        {
            // Not there any more: the unit was collected in the meantime.
            if ((unit.QueuedIn & place) != 0)
            {
                unit.QueuedIn &= ~place;
                worked = true;
                Process(unit);
            }
        }

        return worked;
    }
}
