namespace Trasgo.Engine.Jobs;

/// <summary>An installed job as it is carried over a reload or re-execution.</summary>
internal sealed record JobRecord
{
    public required uint Id { get; init; }

    public required string Unit { get; init; }

    public required JobType Type { get; init; }

    public JobState State { get; init; }

    public bool Irreversible { get; init; }

    public bool IgnoreOrder { get; init; }

    public bool SentNewSignal { get; init; }

    public ulong BeginUsec { get; init; }

    public ulong BeginRunningUsec { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>>? ActivationDetails { get; init; }
}
