namespace Trasgo.Engine.Jobs;

/// <summary>
/// One job installed for a unit. It waits until the ordering lets it run, then runs until the unit reaches the
/// state asked for, the unit gives up, or the time is up. While it waits, further requests may merge into it
/// and change its type; a conflicting one cancels it. A running job that is merged into goes back to waiting
/// and runs again. A restart that has stopped its unit turns into a start and waits once more. However it ends,
/// <see cref="Result"/> is set before observers hear of its removal. Only <see cref="JobTable"/> changes it.
/// </summary>
internal sealed class Job
{
    internal Job(uint id, IJobUnit unit, JobType type)
    {
        Id = id;
        Unit = unit;
        Type = type;
    }

    public uint Id { get; }

    public IJobUnit Unit { get; }

    public JobType Type { get; internal set; }

    public JobState State { get; internal set; }

    /// <summary>Null as long as the job has not ended.</summary>
    public JobResult? Result { get; internal set; }

    /// <summary>Queued with mode replace-irreversibly: a conflicting request is refused, not this job cancelled.</summary>
    public bool Irreversible { get; internal set; }

    /// <summary>Queued with mode ignore-dependencies: runs without regard to ordering.</summary>
    public bool IgnoreOrder { get; internal set; }

    /// <summary>Monotonic time of installation, 0 if none.</summary>
    public ulong BeginUsec { get; internal set; }

    /// <summary>Monotonic time it last began to run, 0 if it never did.</summary>
    public ulong BeginRunningUsec { get; internal set; }

    /// <summary>Monotonic time at which it times out; <see cref="ulong.MaxValue"/> for never.</summary>
    public ulong DeadlineUsec { get; internal set; } = ulong.MaxValue;

    public bool IsInstalled { get; internal set; }

    /// <summary>Whether JobNew has been sent; kept here, set by the bus glue.</summary>
    public bool SentNewSignal { get; set; }

    /// <summary>A connected client waits for it, so it is not collected; set by the bus glue.</summary>
    public bool HeldByClient { get; set; }

    /// <summary>What triggered it (a path or timer unit), as key and value pairs; the oldest wins.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? ActivationDetails { get; private set; }

    internal bool InRunQueue { get; set; }

    internal bool InCollectQueue { get; set; }

    public void SetActivationDetails(IReadOnlyList<KeyValuePair<string, string>>? details) => ActivationDetails ??= details;

    public override string ToString() => $"{Unit.Id}/{Type.Name()}";
}
