using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

internal sealed partial class JobTable
{
    /// <summary>
    /// Ends a job. A restart that is done goes on as a start. Otherwise, if <paramref name="recursive"/>, jobs
    /// that needed this one fail with result dependency, and so on, over a stack of its own: the chain may be as
    /// long as there are units. <paramref name="already"/> says that nothing was done, so there is no message.
    /// </summary>
    public void Finish(Job job, JobResult result, bool recursive = true, bool already = false)
    {
        if (!job.IsInstalled || End(job, result, recursive, already) is not { } ended)
            return;

        // Mostly nothing needed it, and there is no stack.
        Stack<Ended>? open = null;
        do
        {
            while (NextToFail(ref ended) is { } dependent)
            {
                if (End(dependent, JobResult.Dependency, recursive: true, already: false) is { } next)
                {
                    (open ??= new()).Push(ended);
                    ended = next;
                }
            }

            AfterEnd(ended);
        }
        while (open is not null && open.TryPop(out ended));
    }

    /// <summary>
    /// The unit changed its state: ends or re-runs its job as the state demands. True when no job asked for
    /// the change, so that dependencies are to be started or stopped after the fact.
    /// </summary>
    public bool OnUnitStateChanged(IJobUnit unit, UnitActiveState state, bool reloadFailed = false)
    {
        if (unit.Job is not { } job)
            return true;

        // What made it wait may have been the state itself.
        if (job.State == JobState.Waiting)
            AddToRunQueue(job);

        var (result, unexpected) = job.Type switch
        {
            JobType.Start or JobType.VerifyActive => OnStateOfStart(job, state),
            JobType.Reload => OnStateOfReload(job, state, reloadFailed),
            JobType.Stop or JobType.Restart => OnStateOfStop(job, state),
            _ => (null, false),
        };
        if (result is { } ended)
            Finish(job, ended);
        return unexpected;
    }

    private static (JobResult? Result, bool Unexpected) OnStateOfStart(Job job, UnitActiveState state)
    {
        if (state.IsActiveOrReloading())
            return (JobResult.Done, false);
        if (job.State != JobState.Running || state == UnitActiveState.Activating)
            return (null, false);
        return (ResultOfInactive(state), true);
    }

    private static (JobResult? Result, bool Unexpected) OnStateOfReload(Job job, UnitActiveState state, bool reloadFailed)
    {
        if (job.State != JobState.Running || state is UnitActiveState.Activating or UnitActiveState.Reloading)
            return (null, false);
        if (state == UnitActiveState.Active)
            return (reloadFailed ? JobResult.Failed : JobResult.Done, false);
        return (ResultOfInactive(state), true);
    }

    private static (JobResult? Result, bool Unexpected) OnStateOfStop(Job job, UnitActiveState state)
    {
        if (state.IsInactiveOrFailed())
            return (JobResult.Done, false);
        if (job.State != JobState.Running || state == UnitActiveState.Deactivating)
            return (null, false);
        return (JobResult.Failed, true);
    }

    /// <summary>A unit that went inactive by itself succeeded, as a oneshot does; null if it did not end at all.</summary>
    private static JobResult? ResultOfInactive(UnitActiveState state) => state switch
    {
        UnitActiveState.Failed => JobResult.Failed,
        UnitActiveState.Inactive => JobResult.Done,
        _ => null,
    };

    /// <summary>The first half of ending a job: up to its removal. Null if it goes on as a start.</summary>
    private Ended? End(Job job, JobResult result, bool recursive, bool already)
    {
        var unit = job.Unit;
        var type = job.Type;
        job.Result = result;
        if (observer.WantsDebug)
            Debug(unit, $"Job {job.Id} {job} finished, result={result.Name()}");
        if (!already)
            observer.OnJobEnded(job, type, result);

        if (result == JobResult.Done && type == JobType.Restart)
        {
            TurnIntoStart(job);
            return null;
        }

        if (result is JobResult.Failed or JobResult.Invalid)
            FailedCount++;
        Uninstall(job);
        return new Ended(unit, type, result, recursive ? FailureAtom(unit, type, result) : UnitDependencyAtom.None);
    }

    private void TurnIntoStart(Job job)
    {
        if (observer.WantsDebug)
            Debug(job.Unit, $"Converting job {job} -> {job.Unit.Id}/{JobType.Start.Name()}");
        job.Result = null;
        job.Type = JobType.Start;
        SetState(job, JobState.Waiting);
        observer.OnJobChanged(job);
        AddToRunQueue(job);
        AddToCollectQueue(job);
        Settle(job.Unit);
    }

    private static UnitDependencyAtom FailureAtom(IJobUnit unit, JobType type, JobResult result) => (type, result) switch
    {
        // A verify-active that merged into a start is satisfied by the start having run, even if the unit did
        // not stay active (a oneshot, an unmet condition). Requisite= asks for more than that.
        (JobType.Start or JobType.Reload, JobResult.Done) when !unit.ActiveState.IsActiveOrReloading() =>
            UnitDependencyAtom.PropagateInactiveStartAsFailure,
        (_, JobResult.Done) => UnitDependencyAtom.None,
        (JobType.Start or JobType.VerifyActive, _) => UnitDependencyAtom.PropagateStartFailure,
        (JobType.Stop, _) => UnitDependencyAtom.PropagateStopFailure,
        _ => UnitDependencyAtom.None,
    };

    private static Job? NextToFail(ref Ended ended)
    {
        if (ended.Atom == UnitDependencyAtom.None)
            return null;

        while (ended.Unit.NextDependency(ended.Atom, ref ended.Cursor, out var other))
        {
            if (other.Job is { Type: JobType.Start or JobType.VerifyActive } dependent && !IsDecided(dependent))
                return dependent;
        }

        return null;
    }

    private static bool IsDecided(Job job) => job.State == JobState.Running && job.Unit.StartIsDecided;

    /// <summary>The second half, once all that needed the job has failed.</summary>
    private void AfterEnd(in Ended ended)
    {
        // Failed is left out: then the unit itself has failed, and sees to its OnFailure= units.
        if (ended.Result is JobResult.Timeout or JobResult.Dependency)
        {
            observer.Log(new(
                JobMessageLevel.Notice,
                ended.Unit,
                $"Job {ended.Unit.Id}/{ended.Type.Name()} failed with result '{ended.Result.Name()}'.",
                ended.Type,
                ended.Result));
            observer.OnFailedBeforeUnit(ended.Unit, ended.Type, ended.Result);
        }

        observer.OnTriggerNotify(ended.Unit);
        Settle(ended.Unit);
    }

    /// <summary>Whatever is ordered against the unit may be able to run now.</summary>
    private void Settle(IJobUnit unit)
    {
        foreach (var other in unit.Dependencies(UnitDependencyAtom.After))
            Wake(other.Job);
        foreach (var other in unit.Dependencies(UnitDependencyAtom.Before))
            Wake(other.Job);
        observer.OnJobSettled(unit);
    }

    private void Wake(Job? job)
    {
        if (job is null)
            return;
        AddToRunQueue(job);
        AddToCollectQueue(job);
    }

    /// <summary>A job that is gone, and how far its dependents have been failed.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Ended(IJobUnit unit, JobType type, JobResult result, UnitDependencyAtom atom)
    {
        public ulong Cursor;

        public readonly IJobUnit Unit => unit;

        public readonly JobType Type => type;

        public readonly JobResult Result => result;

        public readonly UnitDependencyAtom Atom => atom;
    }
}
