namespace Trasgo.Engine.Jobs;

/// <summary>
/// The outcome of planning: either the jobs to install, the request itself among them, or a refusal. It has
/// changed nothing yet and may be shown and dropped; <see cref="JobTable.Commit"/> carries it out.
/// </summary>
internal sealed class TransactionPlan
{
    public JobRefusal? Refusal { get; init; }

    /// <summary>Position of the request itself in <see cref="Jobs"/>.</summary>
    public int Anchor { get; init; }

    public JobMode Mode { get; init; }

    public IReadOnlyList<PlannedChange> Jobs { get; init; } = [];

    /// <summary>Installed jobs that isolate and flush do away with.</summary>
    public IReadOnlyList<Job> Cancelled { get; init; } = [];

    public IReadOnlyList<OrderingCycle> Cycles { get; init; } = [];

    /// <summary>What planning had to say, in order.</summary>
    public IReadOnlyList<JobMessage> Messages { get; init; } = [];
}
