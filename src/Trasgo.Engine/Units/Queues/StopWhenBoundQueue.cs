using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>BindsTo=: stopped when what it is bound to is down, however it came to be so.</summary>
internal sealed class StopWhenBoundQueue(EngineContext context) : UnitQueue(context, QueuePlaces.StopWhenBound)
{
    protected override void Process(Unit unit)
    {
        if (unit.ActiveState != UnitActiveState.Active || unit.Job is not null)
        {
            return;
        }

        foreach (var other in unit.Dependencies(UnitDependencyAtom.CannotBeActiveWithout))
        {
            if (other.Job is null && other.ActiveState.IsInactiveOrFailed())
            {
                unit.Log(LogLevel.Debug, $"Unit is stopped because bound to inactive unit {other.Id}.");
                AutomaticJob.Enqueue(unit, JobType.Stop, JobMode.Replace, $"Unit needs to be stopped because it is bound to inactive unit {other.Id}, but not stopping");
                return;
            }
        }
    }
}
