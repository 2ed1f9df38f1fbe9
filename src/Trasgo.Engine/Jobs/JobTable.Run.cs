namespace Trasgo.Engine.Jobs;

internal sealed partial class JobTable
{
    private readonly RunQueue _runQueue = new();
    private readonly Stack<Job> _collectQueue = [];
    private bool _isRunning;

    /// <summary>Has a waiting job looked at again: something it waits for outside the job engine changed.</summary>
    public void AddToRunQueue(Job job)
    {
        if (job.IsInstalled && _runQueue.Add(job) && !_isRunning)
            observer.OnRunQueueFilled();
    }

    /// <summary>Has a job dropped if it is of a unit that only follows the outside and nothing waits for it.</summary>
    public void AddToCollectQueue(Job job)
    {
        if (!job.IsInstalled || job.InCollectQueue || !MayCollect(job))
            return;
        job.InCollectQueue = true;
        _collectQueue.Push(job);
        observer.OnCollectQueueFilled();
    }

    /// <summary>Runs every job that can run now.</summary>
    public void RunPending()
    {
        if (_isRunning)
            return;
        _isRunning = true;
        try
        {
            while (_runQueue.Take() is { } job)
                Run(job);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>Drops jobs of units like devices that nothing waits for.</summary>
    public void CollectPending()
    {
        while (_collectQueue.TryPop(out var job))
        {
            if (!job.InCollectQueue)
                continue;
            job.InCollectQueue = false;
            if (!MayCollect(job))
                continue;
            if (observer.WantsDebug)
                Debug(job.Unit, "Collecting job.");
            Finish(job, JobResult.Collected, recursive: false);
        }
    }

    private static bool MayCollect(Job job) =>
        job.Unit.CollectsJobs && !job.HeldByClient && job.Type != JobType.Nop && !JobOrder.IsBlocking(job);

    private void Run(Job job)
    {
        if (job.State != JobState.Waiting)
            return;

        if (!JobOrder.IsRunnable(job, out var waitingFor))
        {
            if (observer.WantsDebug)
                Debug(job.Unit, $"{job.Type.Name()} held back, waiting for: {waitingFor!.Id}");
            return;
        }

        StartTimer(job, running: true);
        SetState(job, JobState.Running);
        observer.OnJobChanged(job);

        var outcome = Perform(job);
        if (!job.IsInstalled)
            return;

        switch (outcome)
        {
            case JobOutcome.Begun or JobOutcome.Pending:
                break;
            case JobOutcome.Again:
                SetState(job, JobState.Waiting);
                break;
            case JobOutcome.Already:
                Finish(job, JobResult.Done, already: true);
                break;
            default:
                Finish(job, ResultOf(outcome));
                break;
        }
    }

    private static JobResult ResultOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.ConditionFailed => JobResult.Done,
        JobOutcome.NotSupportedByType => JobResult.Skipped,
        JobOutcome.NotActive => JobResult.Invalid,
        JobOutcome.AssertFailed => JobResult.Assert,
        JobOutcome.NotSupportedByHost => JobResult.Unsupported,
        JobOutcome.DependencyFailed => JobResult.Dependency,
        JobOutcome.OnlyOnce => JobResult.Once,
        _ => JobResult.Failed,
    };

    private JobOutcome Perform(Job job) => job.Type switch
    {
        JobType.Start => PerformOnUnit(job, JobType.Start, actions.Start(job.Unit, job)),
        JobType.Stop or JobType.Restart => PerformOnUnit(job, JobType.Stop, actions.Stop(job.Unit, job)),
        JobType.Reload => PerformOnUnit(job, JobType.Reload, actions.Reload(job.Unit, job)),
        JobType.VerifyActive => Verify(job.Unit.ActiveState),
        _ => JobOutcome.Already,
    };

    /// <summary>
    /// Units that cannot be started or stopped are waited for. Whether the job is still there has to be looked
    /// at afterwards: it ends at once if the unit has no state on the way.
    /// </summary>
    private JobOutcome PerformOnUnit(Job job, JobType type, JobOutcome outcome)
    {
        var waitOnly = outcome == JobOutcome.NotSupportedByType && type != JobType.Reload;
        if (job.IsInstalled && (waitOnly || outcome == JobOutcome.Begun))
            observer.OnJobBegun(job, type);
        return waitOnly ? JobOutcome.Pending : outcome;
    }

    private static JobOutcome Verify(UnitActiveState state)
    {
        if (state.IsActiveOrReloading())
            return JobOutcome.Already;
        return state == UnitActiveState.Activating ? JobOutcome.Again : JobOutcome.NotSupportedByType;
    }
}
