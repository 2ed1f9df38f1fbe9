using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>Upholds=: started again whenever it is down while the unit that upholds it is up.</summary>
internal sealed class StartWhenUpheldQueue(EngineContext context) : UnitQueue(context, QueuePlaces.StartWhenUpheld)
{
    protected override void Process(Unit unit)
    {
        if (!unit.IsInactiveOrFailed || unit.Job is not null)
        {
            return;
        }

        foreach (var other in unit.Dependencies(UnitDependencyAtom.StartSteadily))
        {
            if (other.Job is null && other.ActiveState.IsActiveOrReloading())
            {
                unit.Log(LogLevel.Debug, $"Unit is started because upheld by active unit {other.Id}.");
                AutomaticJob.Enqueue(unit, JobType.Start, JobMode.Fail, $"Unit needs to be started because active unit {other.Id} upholds it, but not starting");
                return;
            }
        }
    }
}
