using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>
/// Units, a job table over them and a record of what happened. Units do what their jobs ask one step at a time:
/// <see cref="Reach"/> takes a unit to a state, <see cref="RunToEnd"/> lets everything succeed.
/// </summary>
internal sealed class FakeWorld : IJobGraph, IJobActions, IJobObserver
{
    private readonly List<FakeUnit> _units = [];
    private readonly Dictionary<string, FakeUnit> _byName = [];

    public FakeWorld() => Table = new JobTable(this, this, this);

    public JobTable Table { get; }

    public List<FakeUnit> All => _units;

    public IEnumerable<IJobUnit> Units => _units;

    public ulong MonotonicUsec { get; set; } = 1_000_000;

    public ulong Deadline { get; private set; } = ulong.MaxValue;

    /// <summary>Everything that happened: "begun a/start", "ended a/start done", "removed a/start done" ...</summary>
    public List<string> Events { get; } = [];

    public List<string> Log { get; } = [];

    public List<OrderingCycle> Cycles { get; } = [];

    public bool RunQueueFilled { get; set; }

    public bool CollectQueueFilled { get; set; }

    public bool WantsDebug => true;

    /// <summary>Units whose load failed come right when retried, if listed here.</summary>
    public HashSet<string> LoadOnRetry { get; } = [];

    public Action<IJobUnit>? WhenSettled { get; set; }

    public Action<IJobUnit>? WhenFailedBeforeUnit { get; set; }

    public FakeUnit this[string name]
    {
        get
        {
            if (!_byName.TryGetValue(name, out var unit))
            {
                unit = new FakeUnit(name);
                _byName.Add(name, unit);
                _units.Add(unit);
            }

            return unit;
        }
    }

    /// <summary>Lines like "a Requires b c": each is one kind of dependency of one unit.</summary>
    public static FakeWorld With(params ReadOnlySpan<string> lines)
    {
        var world = new FakeWorld();
        foreach (var line in lines)
        {
            var words = line.Split(' ');
            var unit = world[words[0]];
            if (words.Length == 1)
                continue;
            var kind = Enum.Parse<UnitDependency>(words[1]);
            foreach (var other in words.AsSpan(2))
                unit.Depend(kind, world[other]);
        }

        return world;
    }

    public FakeWorld Active(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            this[name].ActiveState = UnitActiveState.Active;
        return this;
    }

    public TransactionPlan Plan(JobType type, string name, JobMode mode = JobMode.Replace) =>
        Table.Planner.Plan(type, this[name], mode);

    /// <summary>The jobs of a plan that must not be refused, in alphabetical order.</summary>
    public string Planned(JobType type, string name, JobMode mode = JobMode.Replace)
    {
        var plan = Plan(type, name, mode);
        Assert.Null(plan.Refusal);
        Assert.Equal(name, plan.Jobs[plan.Anchor].Unit.Id);
        return string.Join(' ', plan.Jobs.Select(static job => job.ToString()).Order(StringComparer.Ordinal));
    }

    public JobRefusal Refused(JobType type, string name, JobMode mode = JobMode.Replace)
    {
        var before = Table.Jobs.Count;
        var result = Table.Enqueue(type, this[name], mode);
        Assert.False(result.Ok);
        Assert.Equal(before, Table.Jobs.Count);
        return result.Refusal;
    }

    public Job Enqueue(JobType type, string name, JobMode mode = JobMode.Replace)
    {
        var result = Table.Enqueue(type, this[name], mode);
        Assert.True(result.Ok, result.Refusal?.Message);
        return result.Job;
    }

    /// <summary>The installed jobs, in alphabetical order; those running have an asterisk.</summary>
    public string Installed() => string.Join(' ', Table.Jobs
        .Select(static job => job + (job.State == JobState.Running ? "*" : ""))
        .Order(StringComparer.Ordinal));

    /// <summary>Takes a unit to a state and tells the table. True when no job asked for it.</summary>
    public bool Reach(string name, UnitActiveState state, bool reloadFailed = false) =>
        Reach(this[name], state, reloadFailed);

    public bool Reach(FakeUnit unit, UnitActiveState state, bool reloadFailed = false)
    {
        unit.ActiveState = state;
        return Table.OnUnitStateChanged(unit, state, reloadFailed);
    }

    /// <summary>Runs jobs until nothing moves; whatever starts or stops gets there.</summary>
    public FakeWorld RunToEnd()
    {
        bool moved;
        do
        {
            Table.RunPending();
            Table.CollectPending();
            moved = false;
            foreach (var unit in _units)
            {
                UnitActiveState? next = unit.ActiveState switch
                {
                    UnitActiveState.Activating or UnitActiveState.Reloading => UnitActiveState.Active,
                    UnitActiveState.Deactivating => UnitActiveState.Inactive,
                    _ => null,
                };
                if (next is { } state)
                {
                    moved = true;
                    Reach(unit, state);
                }
            }
        }
        while (moved);
        return this;
    }

    /// <summary>The events that begin with a word, without it.</summary>
    public string Saw(string word) => string.Join(", ", Events
        .Where(line => line.StartsWith(word + " ", StringComparison.Ordinal))
        .Select(line => line[(word.Length + 1)..]));

    void IJobGraph.RetryLoad(IJobUnit unit)
    {
        if (LoadOnRetry.Contains(unit.Id))
            ((FakeUnit)unit).LoadState = UnitLoadState.Loaded;
    }

    JobOutcome IJobActions.Start(IJobUnit unit, Job job)
    {
        Events.Add($"start {unit.Id}");
        var fake = (FakeUnit)unit;
        if (fake.OnStart is { } act)
            return act(fake);
        if (fake.ActiveState.IsActiveOrReloading())
            return JobOutcome.Already;
        if (fake.ActiveState != UnitActiveState.Activating)
            Reach(fake, UnitActiveState.Activating);
        return JobOutcome.Begun;
    }

    JobOutcome IJobActions.Stop(IJobUnit unit, Job job)
    {
        Events.Add($"stop {unit.Id}");
        var fake = (FakeUnit)unit;
        if (fake.OnStop is { } act)
            return act(fake);
        if (fake.ActiveState.IsInactiveOrFailed())
            return JobOutcome.Already;
        if (fake.ActiveState != UnitActiveState.Deactivating)
            Reach(fake, UnitActiveState.Deactivating);
        return JobOutcome.Begun;
    }

    JobOutcome IJobActions.Reload(IJobUnit unit, Job job)
    {
        Events.Add($"reload {unit.Id}");
        var fake = (FakeUnit)unit;
        if (fake.OnReload is { } act)
            return act(fake);
        if (fake.ActiveState == UnitActiveState.Reloading)
            return JobOutcome.Again;
        if (fake.ActiveState != UnitActiveState.Active)
            return JobOutcome.NotActive;
        Reach(fake, UnitActiveState.Reloading);
        return JobOutcome.Begun;
    }

    void IJobObserver.OnJobChanged(Job job) => Events.Add($"changed {job} {job.State.Name()}");

    void IJobObserver.OnJobRemoved(Job job)
    {
        Assert.True(job.Unit.Job == job || job.Unit.NopJob == job);
        Events.Add($"removed {job} {job.Result!.Value.Name()}");
    }

    void IJobObserver.OnJobInstalled(Job job) => Events.Add($"installed {job}");

    void IJobObserver.OnUnitJobChanged(IJobUnit unit) => Events.Add($"unit {unit.Id} {unit.Job}");

    void IJobObserver.OnJobBegun(Job job, JobType type) => Events.Add($"begun {job.Unit.Id}/{type.Name()}");

    void IJobObserver.OnJobEnded(Job job, JobType type, JobResult result) =>
        Events.Add($"ended {job.Unit.Id}/{type.Name()} {result.Name()}");

    void IJobObserver.OnFailedBeforeUnit(IJobUnit unit, JobType type, JobResult result)
    {
        Events.Add($"onfailure {unit.Id}/{type.Name()} {result.Name()}");
        WhenFailedBeforeUnit?.Invoke(unit);
    }

    void IJobObserver.OnJobTimedOut(IJobUnit unit) => Events.Add($"timedout {unit.Id}");

    void IJobObserver.OnTriggerNotify(IJobUnit unit) => Events.Add($"trigger {unit.Id}");

    void IJobObserver.OnJobSettled(IJobUnit unit)
    {
        Events.Add($"settled {unit.Id}");
        WhenSettled?.Invoke(unit);
    }

    void IJobObserver.OnRunQueueFilled() => RunQueueFilled = true;

    void IJobObserver.OnCollectQueueFilled() => CollectQueueFilled = true;

    void IJobObserver.OnDeadlineChanged(ulong monotonicUsec) => Deadline = monotonicUsec;

    void IJobObserver.OnCycleBroken(OrderingCycle cycle) => Cycles.Add(cycle);

    void IJobObserver.Log(in JobMessage message) =>
        Log.Add($"{message.Level}: {(message.Unit is { } unit ? unit.Id + ": " : "")}{message.Text}");
}
