namespace Trasgo.Engine.Units;

/// <summary>
/// The work that a change of state leaves to be done once it is over. Each queue is drained before the loop waits again;
/// jobs have a queue of their own.
/// </summary>
internal sealed class UnitQueues(EngineContext context)
{
    public LoadQueue Load { get; } = new(context);

    public TargetDependencyQueue TargetDependencies { get; } = new(context);

    public StopWhenUnneededQueue StopWhenUnneeded { get; } = new(context);

    public StartWhenUpheldQueue StartWhenUpheld { get; } = new(context);

    public StopWhenBoundQueue StopWhenBound { get; } = new(context);

    public GarbageQueue Garbage { get; } = new(context);

    public IdleQueue Idle { get; } = new(context);

    /// <summary>Loads everything that was mentioned, and settles what follows from it.</summary>
    public void DrainLoading()
    {
        while (Load.Drain() | TargetDependencies.Drain())
        {
        }
    }

    /// <summary>One round of everything; true when something was done, so that another round may be due.</summary>
    public bool Drain()
    {
        var worked = Load.Drain();
        worked |= TargetDependencies.Drain();
        worked |= StopWhenBound.Drain();
        worked |= StartWhenUpheld.Drain();
        worked |= StopWhenUnneeded.Drain();
        worked |= Garbage.Drain();
        return worked;
    }

    public void Forget(Unit unit)
    {
        unit.QueuedIn = QueuePlaces.None;
        Idle.Remove(unit);
    }
}
