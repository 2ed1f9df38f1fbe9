namespace Trasgo.Engine.Jobs;

internal sealed partial class JobTable
{
    private readonly JobDeadlines _deadlines = new();
    private ulong _announcedDeadline = ulong.MaxValue;

    /// <summary>Ends the jobs whose time is up.</summary>
    public void ExpireTimeouts(ulong monotonicUsec)
    {
        while (_deadlines.TakeDue(monotonicUsec) is { } job)
        {
            observer.Log(new(JobMessageLevel.Warning, job.Unit, $"Job {job} timed out."));
            Finish(job, JobResult.Timeout);
            observer.OnJobTimedOut(job.Unit);
        }

        AnnounceDeadline();
    }

    /// <summary>
    /// <c>JobTimeoutSec=</c> counts from installation, <c>JobRunningTimeoutSec=</c> from when the job begins to
    /// run; whichever ends first counts.
    /// </summary>
    private void StartTimer(Job job, bool running)
    {
        if (!job.IsInstalled)
            return;

        var hasDeadline = job.DeadlineUsec != ulong.MaxValue;
        var limit = running ? job.Unit.JobRunningTimeoutUsec : job.Unit.JobTimeoutUsec;
        if (running)
            job.BeginRunningUsec = actions.MonotonicUsec;
        else if (hasDeadline)
            return;
        else
            job.BeginUsec = actions.MonotonicUsec;

        var deadline = Add(running ? job.BeginRunningUsec : job.BeginUsec, limit);
        if (deadline < job.DeadlineUsec)
            SetDeadline(job, deadline);
    }

    private void SetDeadline(Job job, ulong deadline)
    {
        if (job.DeadlineUsec == deadline)
            return;
        _deadlines.Set(job, deadline);
        AnnounceDeadline();
    }

    private void AnnounceDeadline()
    {
        var earliest = _deadlines.Earliest;
        if (earliest == _announcedDeadline)
            return;
        _announcedDeadline = earliest;
        observer.OnDeadlineChanged(earliest);
    }

    private static ulong Add(ulong time, ulong span) => span > ulong.MaxValue - time ? ulong.MaxValue : time + span;
}
