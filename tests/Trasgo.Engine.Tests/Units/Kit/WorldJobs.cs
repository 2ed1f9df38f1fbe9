using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Joins the job table with the units of a <see cref="UnitWorld"/>, as the manager does, and notes what became of jobs.</summary>
internal sealed class WorldJobs(UnitWorld world) : IJobActions, IJobGraph, IJobObserver
{
    private TimerSource? _deadline;
    private bool _run;
    private bool _collect;

    private EngineContext Context => world.Context;

    /// <summary>"a.service/start done", in the order in which jobs ended.</summary>
    public List<string> Ended { get; } = [];

    /// <summary>"a.service/start", whenever something was begun: a message such as "Starting ..." is due.</summary>
    public List<string> Begun { get; } = [];

    public List<OrderingCycle> Cycles { get; } = [];

    public bool WantsDebug => false;

    public ulong MonotonicUsec => Context.Loop.Now(Clock.Monotonic);

    public IEnumerable<IJobUnit> Units => Context.Units.All;

    public void RetryLoad(IJobUnit unit) => Context.Loader.RetryLoad((Unit)unit);

    public JobOutcome Start(IJobUnit unit, Job job)
    {
        ((Unit)unit).ActivationDetails = job.ActivationDetails ?? ((Unit)unit).ActivationDetails;
        return ((Unit)unit).Start();
    }

    public JobOutcome Stop(IJobUnit unit, Job job) => ((Unit)unit).Stop();

    public JobOutcome Reload(IJobUnit unit, Job job) => ((Unit)unit).Reload();

    public bool Drain()
    {
        var worked = _run || _collect;
        if (_collect)
        {
            _collect = false;
            Context.Jobs.CollectPending();
        }

        if (_run)
        {
            _run = false;
            Context.Jobs.RunPending();
        }

        return worked;
    }

    /// <summary>Are told of jobs, too.</summary>
    public Action<Job>? Changed { get; set; }

    public Action<Job>? Removed { get; set; }

    public void OnJobChanged(Job job) => Changed?.Invoke(job);

    public void OnJobRemoved(Job job)
    {
        Ended.Add($"{job.Unit.Id}/{job.Type.Name()} {job.Result!.Value.Name()}");
        Removed?.Invoke(job);
    }

    public void OnJobInstalled(Job job)
    {
    }

    public void OnUnitJobChanged(IJobUnit unit)
    {
        if (unit.Job is null)
        {
            Context.Queues.Garbage.Add((Unit)unit);
        }
    }

    public void OnJobBegun(Job job, JobType type) => Begun.Add($"{job.Unit.Id}/{type.Name()}");

    public void OnJobEnded(Job job, JobType type, JobResult result)
    {
    }

    public void OnFailedBeforeUnit(IJobUnit unit, JobType type, JobResult result)
    {
        if (type == JobType.Start)
        {
            ((Unit)unit).StartHandlers("OnFailure=", UnitDependencyAtom.OnFailure, ((Unit)unit).Config.OnFailureJobMode);
        }
    }

    public void OnJobTimedOut(IJobUnit unit)
    {
        var late = (Unit)unit;
        Context.Emergency.Run(late.Config.JobTimeoutAction, late.Config.JobTimeoutRebootArgument, exitStatus: null, "job timed out", warn: true);
    }

    public void OnTriggerNotify(IJobUnit unit)
    {
    }

    public void OnJobSettled(IJobUnit unit)
    {
        var settled = (Unit)unit;
        var queues = Context.Queues;
        queues.StopWhenUnneeded.Add(settled);
        queues.StopWhenBound.Add(settled);
        queues.StartWhenUpheld.Add(settled);
        queues.StopWhenUnneeded.AddDependenciesOf(settled, UnitDependencyAtom.AddStopWhenUnneededQueue);
        queues.StopWhenBound.AddDependenciesOf(settled, UnitDependencyAtom.AddCannotBeActiveWithoutQueue);
        queues.StartWhenUpheld.AddDependenciesOf(settled, UnitDependencyAtom.AddStartWhenUpheldQueue);
        queues.Garbage.Add(settled);
    }

    public void OnRunQueueFilled()
    {
        _run = true;
        Context.Wake();
    }

    public void OnCollectQueueFilled()
    {
        _collect = true;
        Context.Wake();
    }

    public void OnDeadlineChanged(ulong monotonicUsec)
    {
        if (monotonicUsec == ulong.MaxValue)
        {
            _deadline?.Disarm();
        }
        else if (_deadline is null)
        {
            _deadline = Context.Loop.At(Clock.Monotonic, monotonicUsec, () => Context.Jobs.ExpireTimeouts(MonotonicUsec));
        }
        else
        {
            _deadline.Rearm(monotonicUsec);
        }
    }

    public void OnCycleBroken(OrderingCycle cycle) => Cycles.Add(cycle);

    public void Log(in JobMessage message) =>
        world.Write(message.Level == JobMessageLevel.Error ? LogLevel.Error : LogLevel.Info, (Unit?)message.Unit, message.Text);
}
