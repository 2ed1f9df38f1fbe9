namespace Trasgo.Engine.Jobs;

internal sealed partial class JobTable
{
    /// <summary>All jobs, to be carried over a reload or re-execution, by number.</summary>
    public JobRecord[] Save()
    {
        var jobs = Snapshot();
        Array.Sort(jobs, static (a, b) => a.Id.CompareTo(b.Id));
        return Array.ConvertAll(jobs, static job => new JobRecord
        {
            Id = job.Id,
            Unit = job.Unit.Id,
            Type = job.Type,
            State = job.State,
            Irreversible = job.Irreversible,
            IgnoreOrder = job.IgnoreOrder,
            SentNewSignal = job.SentNewSignal,
            BeginUsec = job.BeginUsec,
            BeginRunningUsec = job.BeginRunningUsec,
            ActivationDetails = job.ActivationDetails,
        });
    }

    /// <summary>Installs a carried-over job; false (and nothing done) when the record does not fit any more.</summary>
    public bool Restore(JobRecord record, IJobUnit unit)
    {
        if (record.Id == 0
            || record.Type is < JobType.Start or > JobType.Nop
            || record.State is not (JobState.Waiting or JobState.Running)
            || _jobs.ContainsKey(record.Id)
            || Slot(unit, record.Type) is not null)
            return false;

        var job = new Job(record.Id, unit, record.Type)
        {
            Irreversible = record.Irreversible,
            IgnoreOrder = record.IgnoreOrder,
            SentNewSignal = record.SentNewSignal,
            BeginUsec = record.BeginUsec,
            BeginRunningUsec = record.BeginRunningUsec,
        };
        job.SetActivationDetails(record.ActivationDetails);
        Put(job);
        SetState(job, record.State);
        if (record.Id >= NextId)
            NextId = unchecked(record.Id + 1);
        return true;
    }

    /// <summary>
    /// Takes all jobs out of the table and off their units without ending them, before units are loaded anew;
    /// <see cref="Restore"/> puts their records back. Observers hear nothing: a reload is no event for a job.
    /// </summary>
    public void Detach()
    {
        foreach (var job in Snapshot())
        {
            if (job.Unit.NopJob == job)
                job.Unit.NopJob = null;
            if (job.Unit.Job == job)
                job.Unit.Job = null;
            job.IsInstalled = false;
            job.InRunQueue = false;
            job.InCollectQueue = false;
            _deadlines.Set(job, ulong.MaxValue);
        }

        _jobs.Clear();
        RunningCount = 0;
        AnnounceDeadline();
    }

    /// <summary>After all units and jobs are restored: queues and deadlines of the restored jobs.</summary>
    public void Coldplug()
    {
        foreach (var job in Snapshot())
        {
            // A unit that is not on its way, against what its job says, would never end it.
            if (job.State == JobState.Running && !job.Unit.CollectsJobs && !IsUnderWay(job.Type, job.Unit.ActiveState))
                SetState(job, JobState.Waiting);
            if (job.State == JobState.Waiting)
                AddToRunQueue(job);

            // The dependencies may have changed, so that nothing needs it any more.
            AddToCollectQueue(job);

            if (job.BeginUsec == 0)
                continue;
            var deadline = Add(job.BeginUsec, job.Unit.JobTimeoutUsec);
            if (job.BeginRunningUsec != 0)
                deadline = Math.Min(deadline, Add(job.BeginRunningUsec, job.Unit.JobRunningTimeoutUsec));
            SetDeadline(job, deadline);
        }
    }

    private static bool IsUnderWay(JobType type, UnitActiveState state) => type switch
    {
        JobType.Start or JobType.VerifyActive => state == UnitActiveState.Activating,
        JobType.Stop or JobType.Restart => state == UnitActiveState.Deactivating,
        JobType.Reload => state == UnitActiveState.Reloading,
        _ => false,
    };
}
