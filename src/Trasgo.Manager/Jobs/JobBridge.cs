using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>
/// Joins the job table, which knows no units, with the units: what jobs ask for goes to the unit, and what they report goes to the
/// log, the console, the queues and whoever listens.
/// </summary>
internal sealed class JobBridge(EngineContext context, ManagerLog log, StatusConsole console) : IJobActions, IJobGraph, IJobObserver
{
    private TimerSource? _deadline;
    private bool _collect;
    private bool _run;

    public ulong MonotonicUsec => context.Loop.Now(Clock.Monotonic);

    /// <summary>Told of every job that changes and that is removed, in the middle of the change: the bus, above all.</summary>
    public Action<Job> JobChanged { get; set; } = static _ => { };

    public Action<Job> JobRemoved { get; set; } = static _ => { };

    public IEnumerable<IJobUnit> Units => context.Units.All;

    public void RetryLoad(IJobUnit unit) => context.Loader.RetryLoad((Unit)unit);

    public JobOutcome Start(IJobUnit unit, Job job)
    {
        var started = (Unit)unit;
        if (job.ActivationDetails is { } details)
        {
            started.ActivationDetails = details;
        }

        return started.Start();
    }

    public JobOutcome Stop(IJobUnit unit, Job job) => ((Unit)unit).Stop();

    public JobOutcome Reload(IJobUnit unit, Job job) => ((Unit)unit).Reload();

    /// <summary>Jobs are taken in, and wait.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Runs what can be run; true when there was something.</summary>
    public bool Drain()
    {
        if (IsHeld)
        {
            return false;
        }

        var worked = _run || _collect;
        if (_collect)
        {
            _collect = false;
            context.Jobs.CollectPending();
        }

        if (_run)
        {
            _run = false;
            context.Jobs.RunPending();
        }

        return worked;
    }

    public void OnJobChanged(Job job) => JobChanged(job);

    public void OnJobRemoved(Job job) => JobRemoved(job);

    public bool WantsDebug => log.IsEnabled(LogLevel.Debug);

    /// <summary>A transaction has put the job in place: the end of the machine is announced by the target that it begins with.</summary>
    public void OnJobInstalled(Job job)
    {
        if (job is { Type: JobType.Start, Unit.Id: SpecialUnits.ShutdownTarget })
        {
            ShutdownBegun();
        }
    }

    /// <summary>Told when the start of shutdown.target is queued.</summary>
    public Action ShutdownBegun { get; set; } = static () => { };

    public void OnUnitJobChanged(IJobUnit unit) => context.Observer.UnitChanged((Unit)unit);

    public void OnJobBegun(Job job, JobType type)
    {
        var unit = (Unit)job.Unit;

        // Type=simple is up as soon as it is begun, so that only its "Started" is worth a line.
        if (type == JobType.Start && unit is Service { State: ServiceState.Start, Settings.Type: ServiceType.Simple or ServiceType.Idle })
        {
            return;
        }

        if (JobMessages.Begun(unit, type) is { } text)
        {
            Tell(LogLevel.Info, unit, text, new LogDetails(JobMessages.BegunId(type), job.Id, type.Name()));
            console.Plain(text);
        }
    }

    public void OnJobEnded(Job job, JobType type, JobResult result)
    {
        var unit = (Unit)job.Unit;
        if (type == JobType.Start && result == JobResult.Done && !unit.ConditionResult && unit.Config.Conditions.Count > 0)
        {
            log.Tell(LogLevel.Info, unit, SkippedText(unit), Details(job, type, result));
            return;
        }

        if (JobMessages.Ended(unit, type, result) is not { } text)
        {
            return;
        }

        Tell(JobMessages.Level(result), unit, text, Details(job, type, result));
        console.Tagged(result, text);
        if (type == JobType.Start && result == JobResult.Failed)
        {
            console.Plain($"See 'systemctl status {unit.Id}' for details.");
        }
    }

    public void OnFailedBeforeUnit(IJobUnit unit, JobType type, JobResult result)
    {
        var failed = (Unit)unit;
        if (type == JobType.Start)
        {
            failed.StartHandlers("OnFailure=", UnitDependencyAtom.OnFailure, failed.Config.OnFailureJobMode);
        }
    }

    public void OnJobTimedOut(IJobUnit unit)
    {
        var late = (Unit)unit;
        late.Log(LogLevel.Warning, "Job timed out.");
        context.Emergency.Run(late.Config.JobTimeoutAction, late.Config.JobTimeoutRebootArgument, exitStatus: null, $"job timed out: {late.Id}", warn: true);
    }

    public void OnTriggerNotify(IJobUnit unit) => ((Unit)unit).NotifyTriggers();

    public void OnJobSettled(IJobUnit unit)
    {
        var settled = (Unit)unit;
        context.Queues.StopWhenUnneeded.Add(settled);
        context.Queues.StopWhenBound.Add(settled);
        context.Queues.StartWhenUpheld.Add(settled);
        context.Queues.StopWhenUnneeded.AddDependenciesOf(settled, UnitDependencyAtom.AddStopWhenUnneededQueue);
        context.Queues.StopWhenBound.AddDependenciesOf(settled, UnitDependencyAtom.AddCannotBeActiveWithoutQueue);
        context.Queues.StartWhenUpheld.AddDependenciesOf(settled, UnitDependencyAtom.AddStartWhenUpheldQueue);
        context.Queues.Garbage.Add(settled);
    }

    public void OnRunQueueFilled()
    {
        _run = true;
        context.Wake();
    }

    public void OnCollectQueueFilled()
    {
        _collect = true;
        context.Wake();
    }

    public void OnDeadlineChanged(ulong monotonicUsec)
    {
        if (monotonicUsec == ulong.MaxValue)
        {
            _deadline?.Disarm();
        }
        else if (_deadline is null)
        {
            _deadline = context.Loop.At(Clock.Monotonic, monotonicUsec, () => context.Jobs.ExpireTimeouts(MonotonicUsec));
        }
        else
        {
            _deadline.Rearm(monotonicUsec);
        }
    }

    public void OnCycleBroken(OrderingCycle cycle)
    {
        if (cycle.Deleted is { } deleted)
        {
            console.Cycle((Unit)deleted.Unit);
        }
    }

    public void Log(in JobMessage message)
    {
        var level = message.Level switch
        {
            JobMessageLevel.Error => LogLevel.Error,
            JobMessageLevel.Warning => LogLevel.Warning,
            JobMessageLevel.Notice => LogLevel.Notice,
            JobMessageLevel.Info => LogLevel.Info,
            _ => LogLevel.Debug,
        };
        var unit = (Unit?)message.Unit;
        if (unit is not null && message.Type is { } type)
        {
            log.Tell(level, unit, $"{unit.Id}: {message.Text}", new LogDetails(JobType: type.Name(), JobResult: message.Result?.Name()));
        }
        else
        {
            log.Write(level, unit, message.Text);
        }
    }

    private static LogDetails Details(Job job, JobType type, JobResult result) =>
        new(JobMessages.EndedId(type, result), job.Id, type.Name(), result.Name());

    /// <summary>In the log, unless it is the very console that shows the status line.</summary>
    private void Tell(LogLevel level, Unit unit, string text, LogDetails details)
    {
        if (!console.IsShown || !log.IsOnConsole)
        {
            log.Tell(level, unit, text, details);
        }
    }

    private static string SkippedText(Unit unit)
    {
        var ident = JobMessages.Ident(unit);
        foreach (var condition in unit.Config.Conditions)
        {
            if (condition is { Result: < 0, Trigger: false })
            {
                return $"{ident} was skipped because of an unmet condition check ({condition.Type}={(condition.Negate ? "!" : "")}{condition.Parameter}).";
            }
        }

        return $"{ident} was skipped because no trigger condition checks were met.";
    }
}
