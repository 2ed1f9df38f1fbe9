using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>What else the job table must know about a change of state.</summary>
[Flags]
internal enum StateChange
{
    Plain = 0,
    ReloadFailed = 1,
    WillAutoRestart = 2,
}

internal abstract partial class Unit
{
    public DualTimestamp StateChangeTimestamp { get; private set; }

    public DualTimestamp InactiveExitTimestamp { get; private set; }

    public DualTimestamp ActiveEnterTimestamp { get; private set; }

    public DualTimestamp ActiveExitTimestamp { get; private set; }

    public DualTimestamp InactiveEnterTimestamp { get; private set; }

    /// <summary>The unit waits for its own restart, so it counts as still wanted by what it pulled in.</summary>
    public virtual bool WillRestart => Job is { Type: JobType.Restart };

    /// <summary>
    /// Told after every change of the low-level state, even one that leaves <see cref="ActiveState"/> as it was. Whatever
    /// the change means for other units goes through jobs and queues.
    /// </summary>
    protected void NotifyState(UnitActiveState before, UnitActiveState now, StateChange change = StateChange.Plain)
    {
        // First of all, so that the signal about the unit leaves before the one about its job.
        Context.Observer.UnitChanged(this);
        if (Context.IsRestoring)
        {
            Context.Units.CountFailed(this, now == UnitActiveState.Failed);
            return;
        }

        StampTimes(before, now);
        Context.Units.CountFailed(this, now == UnitActiveState.Failed);

        var wasUp = before.IsActiveOrReloading();
        var isDown = now.IsInactiveOrFailed();
        if (isDown)
        {
            Context.Processes.Release(this, keepCounts: IsClaimed);
        }

        PropagateToJobs(before, now, change);
        NotifyTriggers();
        RunEmergencyActions(before, now);
        Requeue(now, isDown);

        if (wasUp && isDown)
        {
            Context.Observer.UnitStopped(this);
        }
    }

    protected void StampTimes(UnitActiveState before, UnitActiveState now)
    {
        StateChangeTimestamp = DualTimestamp.Now(Context.Loop);
        if (before.IsInactiveOrFailed() && !now.IsInactiveOrFailed())
        {
            InactiveExitTimestamp = StateChangeTimestamp;
        }
        else if (!before.IsInactiveOrFailed() && now.IsInactiveOrFailed())
        {
            InactiveEnterTimestamp = StateChangeTimestamp;
        }

        if (!before.IsActiveOrReloading() && now.IsActiveOrReloading())
        {
            ActiveEnterTimestamp = StateChangeTimestamp;
        }
        else if (before.IsActiveOrReloading() && !now.IsActiveOrReloading())
        {
            ActiveExitTimestamp = StateChangeTimestamp;
        }
    }

    private void PropagateToJobs(UnitActiveState before, UnitActiveState now, StateChange change)
    {
        // A change that no job asked for takes its dependencies along after the fact.
        if (Context.Jobs.OnUnitStateChanged(this, now, change.HasFlag(StateChange.ReloadFailed)))
        {
            if (before.IsInactiveOrFailed() && now.IsActiveOrActivating())
            {
                StartDependenciesRetroactively();
            }
            else if (before.IsActiveOrActivating() && now.IsInactiveOrDeactivating())
            {
                StopDependenciesRetroactively();
            }
        }

        var willRestart = change.HasFlag(StateChange.WillAutoRestart);
        if (now == UnitActiveState.Failed && before != now && !willRestart)
        {
            StartHandlers("OnFailure=", UnitDependencyAtom.OnFailure, Config.OnFailureJobMode);
        }

        if (now == UnitActiveState.Inactive && !willRestart &&
            before is not (UnitActiveState.Failed or UnitActiveState.Inactive or UnitActiveState.Maintenance))
        {
            StartHandlers("OnSuccess=", UnitDependencyAtom.OnSuccess, Config.OnSuccessJobMode);
        }
    }

    private void StartDependenciesRetroactively()
    {
        foreach (var other in DependenciesWith(UnitDependencyAtom.RetroactiveStartReplace))
        {
            if (!HasDependency(UnitDependencyAtom.After, other) && !other.IsActiveOrActivating)
            {
                Context.AddJob(JobType.Start, other, JobMode.Replace);
            }
        }

        foreach (var other in DependenciesWith(UnitDependencyAtom.RetroactiveStartFail))
        {
            if (!HasDependency(UnitDependencyAtom.After, other) && !other.IsActiveOrActivating)
            {
                Context.AddJob(JobType.Start, other, JobMode.Fail);
            }
        }

        StopAll(UnitDependencyAtom.RetroactiveStopOnStart);
    }

    private void StopDependenciesRetroactively() => StopAll(UnitDependencyAtom.RetroactiveStopOnStop);

    private void StopAll(UnitDependencyAtom atom)
    {
        foreach (var other in DependenciesWith(atom))
        {
            if (!other.IsInactiveOrDeactivating)
            {
                Context.AddJob(JobType.Stop, other, JobMode.Replace);
            }
        }
    }

    /// <summary>Enqueues the units of OnFailure= or OnSuccess=.</summary>
    public void StartHandlers(string directive, UnitDependencyAtom atom, string modeName)
    {
        var others = DependenciesWith(atom);
        if (others.Length == 0)
        {
            return;
        }

        _ = JobNames.TryParse(modeName, out JobMode mode);
        Log(LogLevel.Info, $"Triggering {directive} dependencies.");
        foreach (var other in others)
        {
            if (Context.AddJob(JobType.Start, other, mode) is { } refusal)
            {
                Log(LogLevel.Warning, $"Failed to enqueue {directive} job, ignoring: {refusal.Message}");
            }
        }
    }

    public void NotifyTriggers()
    {
        foreach (var other in this.Dependencies(UnitDependencyAtom.TriggeredBy))
        {
            ((Unit)other).OnTriggeredUnitChanged(this);
        }
    }

    /// <summary>The end of the unit, for the log; null when it ended well.</summary>
    protected void LogResult(string? failure)
    {
        if (failure is null)
        {
            Log(Context.Scope == UnitFiles.LoadPath.RuntimeScope.User ? LogLevel.Debug : LogLevel.Info, "Deactivated successfully.", MessageIds.Succeeded);
        }
        else
        {
            Log(LogLevel.Warning, $"Failed with result '{failure}'.", MessageIds.Failed);
        }
    }

    /// <summary>A unit that this one triggers has changed its state.</summary>
    protected virtual void OnTriggeredUnitChanged(Unit triggered)
    {
    }

    /// <summary>FailureActionExitStatus= or SuccessActionExitStatus=, or else what the unit itself ended with.</summary>
    private int? ExitStatusFor(int configured) => configured >= 0 ? configured : ExitStatus;

    private void RunEmergencyActions(UnitActiveState before, UnitActiveState now)
    {
        if (before != UnitActiveState.Failed && now == UnitActiveState.Failed)
        {
            RunEmergencyAction(Config.FailureAction, Config.FailureActionExitStatus, "failed");
        }
        else if (!before.IsInactiveOrFailed() && now == UnitActiveState.Inactive)
        {
            RunEmergencyAction(Config.SuccessAction, Config.SuccessActionExitStatus, "succeeded");
        }
    }

    private void RunEmergencyAction(EmergencyAction action, int exitStatus, string outcome)
    {
        if (action != EmergencyAction.None)
        {
            Context.Emergency.Run(action, Config.RebootArgument, ExitStatusFor(exitStatus), $"unit {Id} {outcome}");
        }
    }

    private void Requeue(UnitActiveState now, bool isDown)
    {
        var queues = Context.Queues;
        if (isDown)
        {
            queues.StopWhenUnneeded.AddDependenciesOf(this, UnitDependencyAtom.AddStopWhenUnneededQueue);
            queues.StopWhenBound.AddDependenciesOf(this, UnitDependencyAtom.AddCannotBeActiveWithoutQueue);
            queues.StartWhenUpheld.Add(this);
            queues.Garbage.Add(this);
        }

        if (now.IsActiveOrReloading())
        {
            queues.StartWhenUpheld.AddDependenciesOf(this, UnitDependencyAtom.AddStartWhenUpheldQueue);
            queues.StopWhenUnneeded.Add(this);
            queues.StopWhenBound.Add(this);
        }
    }
}
