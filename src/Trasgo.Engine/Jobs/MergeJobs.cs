namespace Trasgo.Engine.Jobs;

/// <summary>
/// Leaves every unit with one job: drops jobs that contradict another and that the request can do without, then
/// merges the rest.
/// </summary>
internal static class MergeJobs
{
    public static JobRefusal? Run(Transaction transaction, bool collectGarbage)
    {
        // Dropping and collecting only ever take jobs away, so a unit whose jobs agree keeps agreeing.
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            var unit = transaction.Units[i];
            while (FindContradiction(unit) is { } pair)
            {
                if (!DropOneOf(transaction, unit))
                {
                    return new JobRefusal(
                        JobErrors.TransactionJobsConflicting,
                        $"Transaction contains conflicting jobs '{pair.Merged.Name()}' and '{pair.Other.Name()}' for "
                        + $"{unit.Unit.Id}. Probably contradicting requirement dependencies configured.");
                }

                transaction.HasMerged = true;
                if (collectGarbage)
                    transaction.CollectGarbage();
            }
        }

        for (var i = 0; i < transaction.Units.Count; i++)
        {
            var unit = transaction.Units[i];
            if (unit.Jobs?.Next is null)
                continue;
            transaction.HasMerged = true;
            transaction.Merge(unit, MergedType(unit));
        }

        return null;
    }

    private static (JobType Merged, JobType Other)? FindContradiction(PlannedUnit unit)
    {
        if (unit.Jobs is not { } first)
            return null;

        var merged = first.Type;
        for (var job = first.Next; job is not null; job = job.Next)
        {
            if (JobAlgebra.MergeAndCollapse(merged, job.Type, unit.Unit.ActiveState) is not { } next)
                return (merged, job.Type);
            merged = next;
        }

        return null;
    }

    private static JobType MergedType(PlannedUnit unit)
    {
        var merged = unit.Jobs!.Type;
        for (var job = unit.Jobs.Next; job is not null; job = job.Next)
            merged = JobAlgebra.MergeAndCollapse(merged, job.Type, unit.Unit.ActiveState)!.Value;
        return merged;
    }

    /// <summary>
    /// That a merger contradicts a third job means that one of the two merged does, so looking at pairs is enough.
    /// </summary>
    private static bool DropOneOf(Transaction transaction, PlannedUnit unit)
    {
        for (var a = unit.Jobs; a is not null; a = a.Next)
        {
            for (var b = a.Next; b is not null; b = b.Next)
            {
                if (JobAlgebra.IsMergeable(a.Type, b.Type))
                    continue;
                if (Choose(a, b) is not { } victim)
                    return false;

                transaction.Messages.Add(new(
                    JobMessageLevel.Debug,
                    unit.Unit,
                    $"Fixing conflicting jobs {unit.Unit.Id}/{a.Type.Name()},{unit.Unit.Id}/{b.Type.Name()} "
                    + $"by deleting job {unit.Unit.Id}/{victim.Type.Name()}"));
                transaction.Delete(victim, withDependents: true);
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A stop rather than a start, except that a stop asked for by <c>Conflicts=</c> wins. Null if the request
    /// needs both.
    /// </summary>
    private static PlannedJob? Choose(PlannedJob a, PlannedJob b)
    {
        if (a.MattersToAnchor && b.MattersToAnchor)
            return null;
        if (a.MattersToAnchor)
            return b;
        if (b.MattersToAnchor)
            return a;
        if (a.Type == JobType.Stop)
            return IsConflictedBy(a) ? b : a;
        if (b.Type == JobType.Stop)
            return IsConflictedBy(b) ? a : b;
        return a;
    }

    private static bool IsConflictedBy(PlannedJob job)
    {
        for (var link = job.Needers; link is not null; link = link.NextNeeder)
        {
            if (link.Conflicts)
                return true;
        }

        return false;
    }
}
