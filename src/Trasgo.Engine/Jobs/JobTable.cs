namespace Trasgo.Engine.Jobs;

/// <summary>
/// All installed jobs: takes plans in, runs jobs as their order allows, ends them as their units change state.
/// A unit has one job at most, beside a possible nop. Nothing here waits: the owner of the event loop calls
/// <see cref="RunPending"/>, <see cref="CollectPending"/> and <see cref="ExpireTimeouts"/> when the observer is
/// told to have that done.
/// </summary>
internal sealed partial class JobTable(IJobGraph graph, IJobActions actions, IJobObserver observer)
{
    private readonly Dictionary<uint, Job> _jobs = [];
    private readonly SettledClosures _settled = new();

    public IReadOnlyCollection<Job> Jobs => _jobs.Values;

    /// <summary>Jobs installed since the beginning.</summary>
    public uint InstalledCount { get; set; }

    /// <summary>Jobs that failed since the beginning.</summary>
    public uint FailedCount { get; set; }

    public int RunningCount { get; private set; }

    /// <summary>The number the next job gets. Carried over a re-execution, so that numbers are not used twice.</summary>
    public uint NextId { get; set; } = 1;

    public TransactionPlanner Planner => field ??= new(graph, _jobs.Values, _settled);

    public Job? Find(uint id) => _jobs.GetValueOrDefault(id);

    /// <summary>Plans, and commits what was planned. <paramref name="affected"/> collects every job touched.</summary>
    public JobRequestResult Enqueue(JobType type, IJobUnit unit, JobMode mode, List<Job>? affected = null)
    {
        if (observer.WantsDebug)
            Debug(unit, $"Trying to enqueue job {unit.Id}/{type.Name()}/{mode.Name()}");
        return Take(Planner.Plan(type, unit, mode), affected);
    }

    /// <summary>Reloads what the unit propagates reloads to; for units that reloaded of their own accord.</summary>
    public JobRequestResult PropagateReload(IJobUnit unit, JobMode mode) =>
        Take(Planner.PlanReloadPropagation(unit, mode), null);

    /// <summary>Ends a job on request; what needs it fails with result dependency.</summary>
    public void Cancel(Job job) => Finish(job, JobResult.Canceled);

    /// <summary>Cancels everything; dependents are not failed one by one.</summary>
    public void Clear()
    {
        foreach (var job in Snapshot())
            Finish(job, JobResult.Canceled, recursive: false);
    }

    /// <summary>The jobs that have to end before this one may run.</summary>
    public static List<Job> GetBefore(Job job) => JobOrder.JobsBefore(job);

    /// <summary>The jobs that wait for this one.</summary>
    public static List<Job> GetAfter(Job job) => JobOrder.JobsAfter(job);

    private JobRequestResult Take(TransactionPlan plan, List<Job>? affected)
    {
        foreach (var message in plan.Messages)
        {
            if (message.Level < JobMessageLevel.Debug || observer.WantsDebug)
                observer.Log(message);
        }

        foreach (var cycle in plan.Cycles)
        {
            if (cycle.Deleted is not null)
                observer.OnCycleBroken(cycle);
        }

        return plan.Refusal is null
            ? new JobRequestResult(Commit(plan, affected), null)
            : new JobRequestResult(null, plan.Refusal);
    }

    private Job[] Snapshot()
    {
        var jobs = new Job[_jobs.Count];
        _jobs.Values.CopyTo(jobs, 0);
        return jobs;
    }

    private void SetState(Job job, JobState state)
    {
        if (job.State == state)
            return;
        job.State = state;
        RunningCount += state == JobState.Running ? 1 : -1;
    }

    private void Debug(IJobUnit unit, string text) => observer.Log(new(JobMessageLevel.Debug, unit, text));
}
