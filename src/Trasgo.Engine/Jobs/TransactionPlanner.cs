namespace Trasgo.Engine.Jobs;

/// <summary>
/// Turns a request into a transaction or a refusal, phase by phase; it changes neither units nor jobs, so that
/// a plan can be shown without being run.
/// </summary>
internal sealed class TransactionPlanner(IJobGraph graph, IReadOnlyCollection<Job> installed, SettledClosures? settled = null)
{
    public TransactionPlan Plan(JobType type, IJobUnit unit, JobMode mode)
    {
        if (CheckMode(type, unit, mode) is { } invalid)
            return new TransactionPlan { Refusal = invalid, Mode = mode };

        var isAlone = StartsAlone(type, unit, mode);
        if (isAlone && IsUndisputed(unit))
            return new TransactionPlan { Mode = mode, Jobs = [new PlannedChange(unit, type, Irreversible: false, IgnoreOrder: false)] };

        var transaction = new Transaction(mode == JobMode.ReplaceIrreversibly);
        var pullIn = new PullIn(transaction, graph);
        var refusal = pullIn.AddAnchor(
            JobAlgebra.Collapse(type, unit.ActiveState),
            unit,
            mode is JobMode.IgnoreDependencies or JobMode.IgnoreRequirements || isAlone,
            mode == JobMode.IgnoreDependencies);
        if (refusal is null && mode == JobMode.Isolate)
            StopAllOthers.Run(transaction, pullIn, graph.Units);
        if (refusal is null && mode == JobMode.Triggering)
            StopTriggers.Run(transaction, pullIn, unit);
        return Finish(transaction, mode, refusal ?? Settle(transaction, mode));
    }

    /// <summary>Reloads only what the unit propagates reloads to: it has reloaded itself already.</summary>
    public TransactionPlan PlanReloadPropagation(IJobUnit unit, JobMode mode)
    {
        var transaction = new Transaction(mode == JobMode.ReplaceIrreversibly);
        var pullIn = new PullIn(transaction, graph);
        var refusal = pullIn.AddAnchor(JobType.Nop, unit, ignoreRequirements: true, ignoreOrder: true);
        if (refusal is null)
            pullIn.AddReloadPropagation(transaction.Anchor!, mode == JobMode.IgnoreDependencies);
        return Finish(transaction, mode, refusal ?? Settle(transaction, mode));
    }

    /// <summary>What isolating stops depends on what would be pulled in, even where it is up already.</summary>
    private bool StartsAlone(JobType type, IJobUnit unit, JobMode mode) =>
        type == JobType.Start && mode is JobMode.Replace or JobMode.Fail && settled?.StartsAlone(unit) == true;

    /// <summary>Whether no phase has anything to say about a start that comes alone: no job is there that it could merge with, contradict, or wait for.</summary>
    private static bool IsUndisputed(IJobUnit unit)
    {
        if (unit.LoadState != UnitLoadState.Loaded || unit.Job is not null)
            return false;

        foreach (var other in unit.Dependencies(UnitDependencyAtom.Before | UnitDependencyAtom.After))
        {
            if (other.Job is not null || other == unit)
                return false;
        }

        return true;
    }

    private static JobRefusal? CheckMode(JobType type, IJobUnit unit, JobMode mode) => mode switch
    {
        JobMode.Isolate when type != JobType.Start =>
            new(JobErrors.InvalidArgs, "Isolate is only valid for start."),
        JobMode.Isolate when !unit.AllowIsolate =>
            new(JobErrors.NoIsolation, "Operation refused, unit may not be isolated."),
        JobMode.Triggering when type != JobType.Stop =>
            new(JobErrors.InvalidArgs, "--job-mode=triggering is only valid for stop."),
        _ => null,
    };

    /// <summary>All phases from marking to the last check. Isolating keeps jobs although nothing needs them.</summary>
    private static JobRefusal? Settle(Transaction transaction, JobMode mode)
    {
        var collectGarbage = mode != JobMode.Isolate;
        AnchorMarks.Set(transaction);
        if (mode == JobMode.Fail)
            MinimizeImpact.Run(transaction);
        DropRedundant.Run(transaction);
        if (collectGarbage)
            transaction.CollectGarbage();

        if (new VerifyOrder(transaction, collectGarbage, OrderView.Planned).Run() is { } cyclic)
            return Cyclic(cyclic);

        if (MergeJobs.Run(transaction, collectGarbage) is { } conflicting)
        {
            Say(JobMessageLevel.Warning, "contains unmergeable jobs", conflicting);
            return conflicting;
        }

        DropRedundant.Run(transaction);
        if (MergingMatters(transaction) && VerifyOrder.RunOnMerged(transaction, collectGarbage) is { } stillCyclic)
            return Cyclic(stillCyclic);

        if (CheckDestructive.Run(transaction, mode) is { } destructive)
        {
            Say(JobMessageLevel.Notice, "contradicts existing jobs", destructive);
            return destructive;
        }

        return null;

        JobRefusal Cyclic(JobRefusal refusal)
        {
            Say(JobMessageLevel.Warning, "contains an unfixable cyclic ordering dependency", refusal);
            return refusal;
        }

        void Say(JobMessageLevel level, string what, JobRefusal refusal) =>
            transaction.Messages.Add(new(level, null, $"Requested transaction {what}: {refusal.Message}"));
    }

    /// <summary>Whether a job has another place in the order than it had when the order was verified first.</summary>
    private static bool MergingMatters(Transaction transaction)
    {
        if (transaction.HasMerged)
            return true;
        for (var i = 0; i < transaction.Units.Count; i++)
        {
            if (transaction.Units[i].Unit.Job is not null || transaction.Units[i].Jobs?.Type == JobType.Restart)
                return true;
        }

        return false;
    }

    private TransactionPlan Finish(Transaction transaction, JobMode mode, JobRefusal? refusal)
    {
        var changes = new List<PlannedChange>();
        var anchor = 0;
        for (var i = 0; i < transaction.Units.Count && refusal is null; i++)
        {
            if (transaction.Units[i].Jobs is not { } job)
                continue;
            if (job == transaction.Anchor)
                anchor = changes.Count;
            changes.Add(new PlannedChange(job.Unit, job.Type, job.Irreversible, job.IgnoreOrder));
        }

        return new TransactionPlan
        {
            Refusal = refusal,
            Anchor = anchor,
            Mode = mode,
            Jobs = changes,
            Cancelled = refusal is null && (mode is JobMode.Isolate or JobMode.Flush) ? FindCancelled(transaction) : [],
            Cycles = transaction.Cycles,
            Messages = transaction.Messages,
        };
    }

    private List<Job> FindCancelled(Transaction transaction)
    {
        var cancelled = new List<Job>();
        foreach (var job in installed)
        {
            if (!job.Unit.IgnoreOnIsolate && transaction.JobsOf(job.Unit) is null)
                cancelled.Add(job);
        }

        return cancelled;
    }
}
