namespace Trasgo.Engine.Jobs;

/// <summary>
/// Hears of what jobs do. Callbacks come in the middle of a change: whatever is more than bookkeeping belongs
/// into a queue of the observer's own. Queueing further jobs from a callback is allowed.
/// </summary>
internal interface IJobObserver
{
    /// <summary>Whether messages of level debug are worth composing.</summary>
    bool WantsDebug => false;

    /// <summary>Installed, or changed its type or state: JobNew or a change of the job's properties is due.</summary>
    void OnJobChanged(Job job);

    /// <summary>
    /// About to go: <see cref="Job.Result"/> says how, and JobRemoved is due. The unit still shows the job, so
    /// that clients hear of the removal before the unit's <c>Job</c> property changes.
    /// </summary>
    void OnJobRemoved(Job job);

    /// <summary>
    /// A request put this job in place or merged into it, once for each job of the transaction. A start of
    /// shutdown.target is the sign to have the disks synced.
    /// </summary>
    void OnJobInstalled(Job job);

    /// <summary>The unit's <c>Job</c> property changed; without a job the unit may be ready to be unloaded.</summary>
    void OnUnitJobChanged(IJobUnit unit);

    /// <summary>The "Starting ...", "Stopping ...", "Reloading ..." message is due; type is one of these three.</summary>
    void OnJobBegun(Job job, JobType type);

    /// <summary>The "Started ..." message, or what it failed with, is due.</summary>
    void OnJobEnded(Job job, JobType type, JobResult result);

    /// <summary>The job ended without the unit having a say (timeout, dependency): <c>OnFailure=</c> is due.</summary>
    void OnFailedBeforeUnit(IJobUnit unit, JobType type, JobResult result);

    /// <summary>The timeout passed: <c>JobTimeoutAction=</c> is due, after all other effects.</summary>
    void OnJobTimedOut(IJobUnit unit);

    /// <summary>
    /// The job of the unit ended for good: units it is triggered by hear of it (<c>trigger_notify</c>).
    /// </summary>
    void OnTriggerNotify(IJobUnit unit);

    /// <summary>A job of the unit ended or turned from restart to start: recheck upheld, bound and unneeded queues.</summary>
    void OnJobSettled(IJobUnit unit);

    /// <summary>There is something to run: have <see cref="JobTable.RunPending"/> called soon.</summary>
    void OnRunQueueFilled();

    /// <summary>There may be jobs to collect: have <see cref="JobTable.CollectPending"/> called soon.</summary>
    void OnCollectQueueFilled();

    /// <summary>The earliest deadline changed; <see cref="ulong.MaxValue"/> for none. See <see cref="JobTable.ExpireTimeouts"/>.</summary>
    void OnDeadlineChanged(ulong monotonicUsec);

    /// <summary>An ordering cycle was broken: the SKIP status message for the unit is due.</summary>
    void OnCycleBroken(OrderingCycle cycle);

    void Log(in JobMessage message);
}
