using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>StopWhenUnneeded=: stopped when nothing that is up wants it any more.</summary>
internal sealed class StopWhenUnneededQueue(EngineContext context) : UnitQueue(context, QueuePlaces.StopWhenUnneeded)
{
    protected override bool Concerns(Unit unit) => unit.Config.StopWhenUnneeded;

    protected override void Process(Unit unit)
    {
        if (IsUnneeded(unit))
        {
            unit.Log(LogLevel.Debug, "Unit is not needed anymore.");
            AutomaticJob.Enqueue(unit, JobType.Stop, JobMode.Fail, "Unit not needed anymore, but not stopping");
        }
    }

    private static bool IsUnneeded(Unit unit)
    {
        if (!unit.Config.StopWhenUnneeded || unit.ActiveState != UnitActiveState.Active || unit.Job is not null)
        {
            return false;
        }

        foreach (var other in unit.DependenciesWith(UnitDependencyAtom.PinsStopWhenUnneeded))
        {
            if (other.Job is not null || !other.IsInactiveOrFailed || other.WillRestart)
            {
                return false;
            }
        }

        return true;
    }
}
