namespace Trasgo.Engine.Jobs;

/// <summary>Mode isolate: stops every unit that the request does not start.</summary>
internal static class StopAllOthers
{
    public static void Run(Transaction transaction, PullIn pullIn, IEnumerable<IJobUnit> units)
    {
        foreach (var unit in units)
        {
            if ((unit.ActiveState.IsInactiveOrFailed() && unit.Job is null)
                || !ShallStop(transaction, unit)
                || IsTriggeredByKept(transaction, unit))
                continue;

            if (pullIn.AddForAnchor(JobType.Stop, unit) is { } refusal)
            {
                transaction.Messages.Add(new(
                    JobMessageLevel.Warning, unit, $"Cannot add isolate job, ignoring: {refusal.Message}"));
            }
        }
    }

    private static bool ShallStop(Transaction transaction, IJobUnit unit) =>
        !unit.IgnoreOnIsolate && transaction.JobsOf(unit) is null;

    /// <summary>A service stays if the socket that activates it does.</summary>
    private static bool IsTriggeredByKept(Transaction transaction, IJobUnit unit)
    {
        foreach (var trigger in unit.Dependencies(UnitDependencyAtom.TriggeredBy))
        {
            if (!ShallStop(transaction, trigger))
                return true;
        }

        return false;
    }
}
