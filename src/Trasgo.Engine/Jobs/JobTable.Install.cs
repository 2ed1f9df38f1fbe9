namespace Trasgo.Engine.Jobs;

internal sealed partial class JobTable
{
    /// <summary>
    /// Installs a plan's jobs and returns the job of the request itself. The plan must be fresh: made since the
    /// last change of any unit or job.
    /// </summary>
    public Job Commit(TransactionPlan plan, List<Job>? affected = null)
    {
        if (plan.Refusal is not null)
            throw new ArgumentException("A refused plan cannot be committed.", nameof(plan));

        // Not recursively: isolating is not a failure of whatever waited for these.
        foreach (var job in plan.Cancelled)
        {
            if (job.IsInstalled)
                Finish(job, JobResult.Canceled, recursive: false);
        }

        Job? anchor = null;
        for (var i = 0; i < plan.Jobs.Count; i++)
        {
            var job = Install(plan.Jobs[i]);
            if (i == plan.Anchor)
                anchor = job;
            AddToRunQueue(job);
            observer.OnJobChanged(job);
            StartTimer(job, running: false);
            observer.OnJobInstalled(job);
            affected?.Add(job);
        }

        return anchor!;
    }

    private Job Install(PlannedChange change)
    {
        while (Slot(change.Unit, change.Type) is { } installed)
        {
            if (!JobAlgebra.IsConflicting(installed.Type, change.Type))
            {
                MergeInto(installed, change);
                return installed;
            }

            Finish(installed, JobResult.Canceled, recursive: false);
        }

        var job = new Job(TakeId(), change.Unit, change.Type)
        {
            Irreversible = change.Irreversible,
            IgnoreOrder = change.IgnoreOrder,
        };
        Put(job);
        InstalledCount++;
        if (observer.WantsDebug)
            Debug(job.Unit, $"Installed new job {job} as {job.Id}");
        AddToCollectQueue(job);
        observer.OnUnitJobChanged(job.Unit);
        return job;
    }

    private static Job? Slot(IJobUnit unit, JobType type) => type == JobType.Nop ? unit.NopJob : unit.Job;

    /// <summary>
    /// A waiting job is widened. So is a running one that does what is asked already; any other running job
    /// goes back to waiting and runs again as what it has become.
    /// </summary>
    private void MergeInto(Job installed, PlannedChange change)
    {
        var covered = installed.State == JobState.Waiting
            || (JobAlgebra.AllowsLateMerge(change.Type) && JobAlgebra.IsSuperset(installed.Type, change.Type));
        installed.Type = JobAlgebra.MergeAndCollapse(installed.Type, change.Type, change.Unit.ActiveState) ?? installed.Type;
        installed.Irreversible |= change.Irreversible;
        installed.IgnoreOrder |= change.IgnoreOrder;
        if (observer.WantsDebug)
        {
            Debug(change.Unit, covered
                ? $"Merged {change} into installed job {installed} as {installed.Id}"
                : $"Merged into running job, re-running: {installed} as {installed.Id}");
        }

        if (!covered)
            SetState(installed, JobState.Waiting);
    }

    private void Put(Job job)
    {
        if (job.Type == JobType.Nop)
            job.Unit.NopJob = job;
        else
            job.Unit.Job = job;
        job.IsInstalled = true;
        _jobs.Add(job.Id, job);
    }

    private void Uninstall(Job job)
    {
        SetState(job, JobState.Waiting);
        observer.OnJobRemoved(job);
        if (job.Unit.NopJob == job)
            job.Unit.NopJob = null;
        if (job.Unit.Job == job)
            job.Unit.Job = null;
        _jobs.Remove(job.Id);
        job.IsInstalled = false;
        job.InRunQueue = false;
        job.InCollectQueue = false;
        SetDeadline(job, ulong.MaxValue);
        observer.OnUnitJobChanged(job.Unit);
    }

    private uint TakeId()
    {
        while (NextId == 0 || _jobs.ContainsKey(NextId))
            NextId++;
        return NextId++;
    }
}
