namespace Trasgo.Engine.Jobs;

/// <summary>All installed jobs.</summary>
internal sealed partial class JobTable(IJobGraph graph, IJobActions actions, IJobObserver observer)
{
    private readonly Dictionary<uint, Job> _jobs = [];

    public IReadOnlyCollection<Job> Jobs => _jobs.Values;

    /// <summary>Jobs installed since the beginning.</summary>
    public uint InstalledCount { get; private set; }

    public uint FailedCount { get; private set; }

    public int RunningCount { get; private set; }

    public TransactionPlanner Planner => new(graph, _jobs.Values);

    public Job? Find(uint id) => _jobs.GetValueOrDefault(id);

    /// <summary>Plans, and commits what was planned. <paramref name="affected"/> collects every job touched.</summary>
    public JobRequestResult Enqueue(JobType type, IJobUnit unit, JobMode mode, List<Job>? affected = null) =>
        throw new NotSupportedException();

    /// <summary>Installs a plan's jobs and returns the job of the request itself.</summary>
    public Job Commit(TransactionPlan plan, List<Job>? affected = null) => throw new NotSupportedException();

    /// <summary>Reloads what the unit propagates reloads to; for units that reloaded of their own accord.</summary>
    public JobRefusal? PropagateReload(IJobUnit unit, JobMode mode) => throw new NotSupportedException();

    /// <summary>Runs every job that can run now.</summary>
    public void RunPending() => _ = actions;

    /// <summary>Drops jobs of units like devices that nothing waits for.</summary>
    public void CollectPending() => _ = observer;

    /// <summary>
    /// The unit changed its state: ends or re-runs its job as the state demands. True when no job asked for
    /// the change, so that dependencies are to be started or stopped after the fact.
    /// </summary>
    public bool OnUnitStateChanged(IJobUnit unit, UnitActiveState state, bool reloadFailed = false) =>
        throw new NotSupportedException();

    public void Finish(Job job, JobResult result, bool recursive = true, bool already = false) =>
        throw new NotSupportedException();

    public void Cancel(Job job) => Finish(job, JobResult.Canceled);

    /// <summary>Cancels everything; dependents are not failed one by one.</summary>
    public void Clear() => throw new NotSupportedException();

    public void ExpireTimeouts(ulong monotonicUsec) => _ = monotonicUsec;

    /// <summary>Has a waiting job looked at again: something it waits for outside the job engine changed.</summary>
    public void AddToRunQueue(Job job) => throw new NotSupportedException();

    public void AddToCollectQueue(Job job) => throw new NotSupportedException();

    public void GetBefore(Job job, List<Job> result) => throw new NotSupportedException();

    public void GetAfter(Job job, List<Job> result) => throw new NotSupportedException();

    public JobRecord[] Save() => throw new NotSupportedException();

    /// <summary>Installs a carried-over job; false (and nothing done) when the record does not fit any more.</summary>
    public bool Restore(JobRecord record, IJobUnit unit) => throw new NotSupportedException();

    /// <summary>After all units and jobs are restored: queues and deadlines of the restored jobs.</summary>
    public void Coldplug() => throw new NotSupportedException();
}
