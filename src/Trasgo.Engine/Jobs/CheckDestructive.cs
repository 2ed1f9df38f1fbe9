namespace Trasgo.Engine.Jobs;

/// <summary>Last check: jobs that are irreversible, and in mode fail all jobs, are not cancelled for a request.</summary>
internal static class CheckDestructive
{
    public static JobRefusal? Run(Transaction transaction, JobMode mode)
    {
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            if (transaction.Units[i] is not { Jobs: { } job, Unit: { Job: { } installed } unit }
                || (mode != JobMode.Fail && !installed.Irreversible)
                || !JobAlgebra.IsConflicting(installed.Type, job.Type))
                continue;

            var anchor = transaction.Anchor!;
            return new JobRefusal(
                JobErrors.TransactionIsDestructive,
                $"Transaction for {anchor.Unit.Id}/{anchor.Type.Name()} is destructive ({unit.Id} has "
                + $"'{installed.Type.Name()}' job queued, but '{job.Type.Name()}' is included in transaction).");
        }

        return null;
    }
}
