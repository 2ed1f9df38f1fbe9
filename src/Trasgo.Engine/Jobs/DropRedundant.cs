namespace Trasgo.Engine.Jobs;

/// <summary>
/// Drops the jobs of units that are where all of them would take it already. What these jobs pulled in is left
/// without anybody who needs it, and falls to the garbage collection.
/// </summary>
internal static class DropRedundant
{
    public static void Run(Transaction transaction)
    {
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            var unit = transaction.Units[i];
            if (MustKeep(transaction, unit))
                continue;
            while (unit.Jobs is { } job)
                transaction.Delete(job, withDependents: false);
        }
    }

    private static bool MustKeep(Transaction transaction, PlannedUnit unit)
    {
        for (var job = unit.Jobs; job is not null; job = job.Next)
        {
            if (job == transaction.Anchor
                || !JobAlgebra.IsRedundant(job.Type, unit.Unit.ActiveState)
                || (unit.Unit.Job is { } installed && JobAlgebra.IsConflicting(job.Type, installed.Type)))
                return true;
        }

        return false;
    }
}
