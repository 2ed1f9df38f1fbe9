namespace Trasgo.Engine.Jobs;

/// <summary>
/// Mode fail: drops jobs the request can do without where they would stop a running unit or contradict an
/// installed job.
/// </summary>
internal static class MinimizeImpact
{
    public static void Run(Transaction transaction)
    {
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            var unit = transaction.Units[i];
            while (FindHarmful(unit) is { } job)
            {
                transaction.Messages.Add(new(
                    JobMessageLevel.Debug, unit.Unit, $"Deleting {unit.Unit.Id}/{job.Type.Name()} to minimize impact."));
                transaction.Delete(job, withDependents: true);
            }
        }
    }

    private static PlannedJob? FindHarmful(PlannedUnit unit)
    {
        for (var job = unit.Jobs; job is not null; job = job.Next)
        {
            if (job.MattersToAnchor)
                continue;

            var stopsRunning = job.Type == JobType.Stop && unit.Unit.ActiveState.IsActiveOrActivating();
            var changesInstalled = unit.Unit.Job is { } installed && JobAlgebra.IsConflicting(job.Type, installed.Type);
            if (stopsRunning || changesInstalled)
                return job;
        }

        return null;
    }
}
