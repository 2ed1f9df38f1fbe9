namespace Trasgo.Engine.Jobs;

/// <summary>Mode triggering: stops, along with a unit, the sockets, timers and paths that would start it again.</summary>
internal static class StopTriggers
{
    public static void Run(Transaction transaction, PullIn pullIn, IJobUnit unit)
    {
        foreach (var trigger in unit.Dependencies(UnitDependencyAtom.TriggeredBy))
        {
            if ((trigger.ActiveState.IsInactiveOrFailed() && trigger.Job is null)
                || transaction.JobsOf(trigger) is not null)
                continue;

            if (pullIn.AddForAnchor(JobType.Stop, trigger) is { } refusal)
            {
                transaction.Messages.Add(new(
                    JobMessageLevel.Warning, unit, $"Cannot add triggered by job, ignoring: {refusal.Message}"));
            }
        }
    }
}
