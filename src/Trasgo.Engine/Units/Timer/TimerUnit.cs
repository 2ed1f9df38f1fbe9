using System.Globalization;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A timer that starts a unit (systemd.timer(5)). It waits for the first of its times, starts the other unit, and waits for that one to be down
/// again before it looks for its next time; so a unit that takes longer than its period is not started twice, and what fell into
/// that period is left out but for the last. Times that come once (OnBootSec= and its like) are spent then. When none is left, it has
/// elapsed: it stays up, so that starting what wants it does not set it off again, unless RemainAfterElapse= says otherwise.
/// </summary>
internal sealed partial class TimerUnit(EngineContext context, UnitName name) : TriggeringUnit<TimerConfig>(context, name)
{
    private TimerResult _result;

    public TimerState State { get; private set; }

    /// <summary>When it elapsed last; from a stamp file, only by the wall clock.</summary>
    public DualTimestamp LastTrigger { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    protected override DirectiveTable<TimerConfig> Table => TimerDirectives.Table;

    public override UnitActiveState ActiveState => State.ActiveState();

    public override string SubState => State.Name();

    public override string ResultName => _result.Name();

    private Timekeeping Time => Context.Timekeeping;

    /// <summary>The file of Persistent=; null without.</summary>
    private string? StampPath => Settings.Persistent && Time.StampDirectory is { } directory ? $"{directory}/stamp-{Id}" : null;

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Settings.TriggerUnit);
        if (Settings.Persistent && Context.Scope == RuntimeScope.System && Time.StampDirectory is { } directory)
        {
            RequireMountsFor(directory);
        }

        AddDefaultDependencies(SpecialUnits.TimersTarget);
        if (Config.DefaultDependencies && Context.Scope == RuntimeScope.System && Settings.Values.Exists(static value => value.Base == TimerBase.OnCalendar))
        {
            AddDependency(UnitDependency.After, SpecialUnits.TimeSyncTarget, DependencyOrigin.Default);
            AddDependency(UnitDependency.After, SpecialUnits.TimeSetTarget, DependencyOrigin.Default);
        }

        return Settings.Values.Count == 0 && !Settings.OnClockChange && !Settings.OnTimezoneChange
            ? Refuse("Timer unit lacks value setting. Refusing.")
            : null;
    }

    public override CleanMask? Cleanable => Settings.Persistent ? CleanMask.State : CleanMask.None;

    /// <summary>systemctl clean --what=state: forgets when it elapsed last. Nothing else is to be asked for together with it, as in systemd.</summary>
    protected override CleanOutcome CleanNow(CleanMask what)
    {
        if (what != CleanMask.State || StampPath is not { } path)
        {
            return CleanOutcome.Nothing;
        }

        if (Time.Stamps.Remove(path) is var error and not (Errno.None or Errno.ENOENT))
        {
            Log(LogLevel.Error, $"Failed to clean stamp file of timer: {ErrnoNames.Message(error)}");
            return CleanOutcome.Failed;
        }

        return CleanOutcome.Begun;
    }

    protected override void SaveOwn(StateRecord record)
    {
        record.PutEnum("state", State);
        record.PutEnum("result", _result);
        record.Put("last-trigger", LastTrigger);
    }

    protected override void RestoreOwn(StateRecord record)
    {
        State = record.Enum("state", TimerState.Dead);
        _result = record.Enum("result", TimerResult.Success);
        LastTrigger = record.Time("last-trigger");
    }

    /// <summary>The next time follows from the settings and the last one; what is over by now elapses at once.</summary>
    public override void Coldplug()
    {
        base.Coldplug();
        if (State.ActiveState() == UnitActiveState.Active)
        {
            Time.Watch(Context);
        }

        if (State == TimerState.Waiting)
        {
            EnterWaiting();
        }
    }

    /// <summary>It waits for the end of a unit that is down, as after a record that was damaged.</summary>
    public override void CatchUp()
    {
        if (State == TimerState.Running && Triggered is { IsInactiveOrFailed: true, Job: null } triggered)
        {
            OnTriggeredUnitChanged(triggered);
        }
    }

    protected override TimerConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    protected override JobOutcome? MayStart()
    {
        if (PassStartLimit())
        {
            return null;
        }

        EnterDead(TimerResult.StartLimitHit);
        return JobOutcome.Failed;
    }

    protected override JobOutcome StartNow()
    {
        if (!CheckTriggeredIsLoaded())
        {
            return JobOutcome.Failed;
        }

        RenewInvocationId();
        Time.Watch(Context);
        LastTrigger = default;
        foreach (var value in Settings.Values)
        {
            value.IsSpent &= value.Base != TimerBase.OnActiveSec;
        }

        ReadStamp();
        _result = TimerResult.Success;
        EnterWaiting();
        return JobOutcome.Begun;
    }

    protected override JobOutcome StopNow()
    {
        EnterDead(TimerResult.Success);
        return JobOutcome.Begun;
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == TimerState.Failed)
        {
            SetState(TimerState.Dead);
        }

        _result = TimerResult.Success;
    }

    /// <summary>The times may be others now.</summary>
    public override void AfterReload()
    {
        base.AfterReload();
        if (State == TimerState.Waiting)
        {
            EnterWaiting();
        }
    }

    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        foreach (var value in Settings.Values)
        {
            value.IsSpent &= value.Base is not (TimerBase.OnUnitActiveSec or TimerBase.OnUnitInactiveSec);
        }

        switch (State)
        {
            case TimerState.Waiting:
            case TimerState.Elapsed:
                EnterWaiting();
                break;
            case TimerState.Running when triggered.IsInactiveOrFailed:
                Log(LogLevel.Debug, "Got notified about unit deactivation.");
                EnterWaiting();
                break;
            case TimerState.Running:
            case TimerState.Dead:
            case TimerState.Failed:
                break;
            default:
                throw new InvalidOperationException($"{Id} in state {State}");
        }
    }

    /// <summary>The wall clock has been set.</summary>
    public void OnClockChanged()
    {
        if (State != TimerState.Waiting)
        {
            return;
        }

        // Elapsed in the future: the clock went back, and what was to come since then is to come again.
        LastTrigger = LastTrigger with { Realtime = Math.Min(LastTrigger.Realtime, Context.Loop.Now(Clock.Realtime)) };
        OnNews(Settings.OnClockChange, "Time change", clockWasSet: true);
    }

    /// <summary>The host's zone is another one.</summary>
    public void OnTimezoneChanged()
    {
        if (State == TimerState.Waiting)
        {
            OnNews(Settings.OnTimezoneChange, "Timezone change", clockWasSet: false);
        }
    }

    private void OnNews(bool elapses, string what, bool clockWasSet)
    {
        Log(LogLevel.Debug, what + (elapses ? ", triggering activation." : ", recalculating next elapse."));
        if (elapses)
        {
            EnterRunning();
        }
        else
        {
            EnterWaiting(clockWasSet);
        }
    }

    private void OnElapsed()
    {
        if (State == TimerState.Waiting)
        {
            Log(LogLevel.Debug, "Timer elapsed.");
            EnterRunning();
        }
    }

    private void EnterRunning()
    {
        if (IsStopPending)
        {
            return;
        }

        if (Triggered is not { } triggered)
        {
            LoseTriggered();
            return;
        }

        var now = DualTimestamp.Now(Context.Loop);
        var refusal = StartTriggered(triggered,
        [
            new("trigger_unit", Id),
            new("trigger_timer_realtime_usec", now.Realtime.ToString(CultureInfo.InvariantCulture)),
            new("trigger_timer_monotonic_usec", now.Monotonic.ToString(CultureInfo.InvariantCulture)),
        ]);
        if (refusal is not null)
        {
            Log(LogLevel.Warning, $"Failed to queue unit startup job: {refusal.Message}");
            EnterDead(TimerResult.Resources);
            return;
        }

        LastTrigger = now;
        if (StampPath is { } path)
        {
            Touch(path, now.Realtime);
        }

        SetState(TimerState.Running);
    }

    private void LoseTriggered()
    {
        Log(LogLevel.Error, "Unit to trigger vanished.");
        EnterDead(TimerResult.Resources);
    }

    private void EnterElapsed(bool mayComeAgain)
    {
        Log(LogLevel.Debug, "Timer is elapsed.");
        if (Settings.RemainAfterElapse || mayComeAgain)
        {
            SetState(TimerState.Elapsed);
        }
        else
        {
            EnterDead(TimerResult.Success);
        }
    }

    private void EnterDead(TimerResult result)
    {
        if (_result == TimerResult.Success)
        {
            _result = result;
        }

        LogResult(_result == TimerResult.Success ? null : _result.Name());
        SetState(_result == TimerResult.Success ? TimerState.Dead : TimerState.Failed);
    }

    private void SetState(TimerState state)
    {
        var before = State;
        State = state;
        if (state != TimerState.Waiting)
        {
            Disarm();
        }

        if (state != before)
        {
            Log(LogLevel.Debug, $"Changed {before.Name()} -> {state.Name()}");
        }

        // Also from waiting to waiting: the next elapse is another one then, and clients are told.
        NotifyState(before.ActiveState(), state.ActiveState());
    }

    private void ReadStamp()
    {
        if (StampPath is not { } path)
        {
            return;
        }

        var stamp = Time.Stamps.TimeOf(path);
        if (stamp.Error == Errno.ENOENT)
        {
            // It has never run: from now on it counts.
            Touch(path, usec: null);
        }
        else if (stamp.Ok && stamp.Value < Context.Loop.Now(Clock.Realtime))
        {
            LastTrigger = new DualTimestamp(stamp.Value, 0);
        }
        else if (stamp.Ok)
        {
            Log(LogLevel.Warning, $"Not using persistent file timestamp {Moment(stamp.Value)} as it is in the future.");
        }
    }

    private void Touch(string path, ulong? usec)
    {
        if (Time.Stamps.Touch(path, usec) is var error and not Errno.None)
        {
            Log(LogLevel.Warning, $"Failed to touch {path}, the next start will not know of this elapse: {ErrnoNames.Message(error)}");
        }
    }
}
