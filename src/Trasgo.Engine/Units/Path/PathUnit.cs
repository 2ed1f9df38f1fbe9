using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>
/// A path that starts a unit when something happens to it (systemd.path(5)). It waits until one of its paths is as it should be, starts the
/// other unit and watches nothing while that one is up. When it is down again the paths are looked at anew, so that one that is still as it
/// should be starts it at once; the trigger limit ends that if it goes round too fast.
/// </summary>
internal sealed partial class PathUnit : TriggeringUnit<PathConfig>
{
    /// <summary>µs; a unit that cannot be started must not keep the manager busy.</summary>
    private const ulong DefaultTriggerInterval = 2 * TimeSpans.Second;

    private const uint DefaultTriggerBurst = 200;

    private readonly StartLimit _triggerLimit = new();
    private readonly DeferSource _look;
    private readonly DeferSource _follow;
    private PathResult _result;

    public PathUnit(EngineContext context, UnitName name)
        : base(context, name)
    {
        _look = context.Loop.DeferLater(LookAgain);
        _follow = context.Loop.DeferLater(FollowTriggered);
    }

    public PathState State { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    protected override DirectiveTable<PathConfig> Table => PathDirectives.Table;

    public override UnitActiveState ActiveState => State.ActiveState();

    public override string SubState => State.Name();

    public override string ResultName => _result.Name();

    public override UnitLoadError? FinishLoading()
    {
        if (Settings.TriggerLimitInterval == TimeSpans.Infinity)
        {
            Settings.TriggerLimitInterval = DefaultTriggerInterval;
        }

        if (Settings.TriggerLimitBurst == uint.MaxValue)
        {
            Settings.TriggerLimitBurst = DefaultTriggerBurst;
        }

        AddTrigger(Settings.TriggerUnit);
        foreach (var watched in Settings.Paths)
        {
            RequireMountsFor(watched.Path);
        }

        AddDefaultDependencies(SpecialUnits.PathsTarget);
        return Settings.Paths.Count == 0 ? Refuse("Path unit lacks path setting. Refusing.") : null;
    }

    protected override PathConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults));

    protected override JobOutcome? MayStart()
    {
        if (PassStartLimit())
        {
            return null;
        }

        EnterDead(PathResult.StartLimitHit);
        return JobOutcome.Failed;
    }

    protected override JobOutcome StartNow()
    {
        if (!CheckTriggeredIsLoaded())
        {
            return JobOutcome.Failed;
        }

        RenewInvocationId();
        MakeDirectories();
        _result = PathResult.Success;
        TakePathsFromSettings();
        EnterWaiting(isInitial: true, hasTriggered: false);
        return JobOutcome.Begun;
    }

    protected override JobOutcome StopNow()
    {
        EnterDead(PathResult.Success);
        return JobOutcome.Begun;
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == PathState.Failed)
        {
            SetState(PathState.Dead);
        }

        _result = PathResult.Success;
    }

    /// <summary>The paths may be others now.</summary>
    public override void AfterReload()
    {
        base.AfterReload();
        if (State is PathState.Waiting or PathState.Running)
        {
            TakePathsFromSettings();
            EnterWaiting(isInitial: true, hasTriggered: false);
        }
    }

    /// <summary>The other unit has changed its state or its job. What follows from that may queue a job, which is not to be done from within another.</summary>
    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (MustFollow(triggered))
        {
            Log(LogLevel.Debug, State == PathState.Running ? "Got notified about unit deactivation." : "Got notified about unit activation.");
            _follow.Schedule();
        }
    }

    private void FollowTriggered()
    {
        if (State is not (PathState.Waiting or PathState.Running))
        {
            return;
        }

        if (Triggered is not { } triggered)
        {
            Log(LogLevel.Error, "Unit to trigger vanished.");
            EnterDead(PathResult.Resources);
        }
        else if (MustFollow(triggered))
        {
            EnterWaiting(isInitial: false, hasTriggered: true);
        }
    }

    private bool MustFollow(Unit triggered)
    {
        if (State is not (PathState.Waiting or PathState.Running))
        {
            return false;
        }

        if (triggered.StartLimitHit)
        {
            EnterDead(PathResult.UnitStartLimitHit);
            return false;
        }

        return triggered.Job is null && triggered.IsInactiveOrFailed == (State == PathState.Running);
    }

    private void EnterRunning(string triggerPath)
    {
        if (IsStopPending)
        {
            return;
        }

        if (!_triggerLimit.TryPass(Context.Loop.Now(Clock.Monotonic)))
        {
            Log(LogLevel.Warning, "Trigger limit hit, refusing further activation.");
            EnterDead(PathResult.TriggerLimitHit);
            return;
        }

        if (Triggered is not { } triggered)
        {
            Log(LogLevel.Error, "Unit to trigger vanished.");
            EnterDead(PathResult.Resources);
            return;
        }

        if (StartTriggered(triggered, [new("trigger_unit", Id), new("trigger_path", triggerPath)]) is { } refusal)
        {
            Log(LogLevel.Warning, $"Failed to queue unit startup job: {refusal.Message}");
            EnterDead(PathResult.Resources);
            return;
        }

        SetState(PathState.Running);
    }

    private void EnterDead(PathResult result)
    {
        if (_result == PathResult.Success)
        {
            _result = result;
        }

        LogResult(_result == PathResult.Success ? null : _result.Name());
        SetState(_result == PathResult.Success ? PathState.Dead : PathState.Failed);
    }

    private void SetState(PathState state)
    {
        var before = State;
        State = state;
        if (state != PathState.Waiting)
        {
            Unwatch();
        }

        if (state != before)
        {
            Log(LogLevel.Debug, $"Changed {before.Name()} -> {state.Name()}");
            NotifyState(before.ActiveState(), state.ActiveState());
        }
    }
}
