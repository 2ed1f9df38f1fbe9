namespace Trasgo.Engine.Jobs;

/// <summary>What a job asks of its unit. Each returns at once; the unit's state tells how it went on.</summary>
internal interface IJobActions
{
    ulong MonotonicUsec { get; }

    JobOutcome Start(IJobUnit unit, Job job);

    JobOutcome Stop(IJobUnit unit, Job job);

    JobOutcome Reload(IJobUnit unit, Job job);
}
