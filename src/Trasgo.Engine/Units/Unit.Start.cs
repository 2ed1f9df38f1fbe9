using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal abstract partial class Unit
{
    public StartLimit StartLimit { get; } = new();

    public StartLimit AutomaticJobLimit { get; } = new() { Burst = AutomaticJob.Burst, IntervalUsec = AutomaticJob.IntervalUsec };

    /// <summary>The moment at which a job that came too often is tried again.</summary>
    public TimerSource? AutomaticRetry { get; set; }

    /// <summary>Clients that asked for the unit to be kept (the Ref() method of the bus).</summary>
    public int References { get; set; }

    /// <summary>Somebody may still want to look at the unit when it is down; otherwise it is collected at once.</summary>
    public bool IsClaimed => IsHeld || ActiveState != UnitActiveState.Inactive;

    /// <summary>It stays loaded whether or not it is down.</summary>
    public bool IsHeld => References > 0 || Job is not null || IsPerpetual || !DependenciesOf(UnitDependency.ReferencedBy).IsEmpty;

    /// <summary>What triggered the start, named as on the bus: trigger_unit, which the service finds as $TRIGGER_UNIT, and its kin.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ActivationDetails { get; set; } = [];

    public bool ConditionResult { get; protected set; }

    public bool AssertResult { get; private set; }

    public DualTimestamp ConditionTimestamp { get; private set; }

    public DualTimestamp AssertTimestamp { get; private set; }

    /// <summary>The exit status of the last run, for FailureAction=exit; null when there is none to hand on.</summary>
    public virtual int? ExitStatus => null;

    /// <summary>Why units of this type cannot be started here; null when they can.</summary>
    public virtual string? Unsupported => null;

    /// <summary>Scopes: what they are made of exists once.</summary>
    protected virtual bool OnlyOnce => false;

    protected abstract JobOutcome StartNow();

    protected abstract JobOutcome StopNow();

    protected virtual JobOutcome ReloadNow() => JobOutcome.NotSupportedByType;

    /// <summary>The last check before a start: the start limit, above all. Null lets it through.</summary>
    protected virtual JobOutcome? MayStart() => null;

    public JobOutcome Start()
    {
        var state = ActiveState;
        if (IsActiveOrReloading)
        {
            return JobOutcome.Already;
        }

        if (state == UnitActiveState.Maintenance)
        {
            return JobOutcome.Again;
        }

        if (LoadState != UnitLoadState.Loaded)
        {
            return JobOutcome.Failed;
        }

        if (OnlyOnce && InactiveEnterTimestamp.IsSet)
        {
            return JobOutcome.OnlyOnce;
        }

        if (state != UnitActiveState.Activating)
        {
            // What comes of the tests is seen on the bus.
            Context.Observer.UnitChanged(this);
            if (!TestConditions())
            {
                return JobOutcome.ConditionFailed;
            }

            if (!TestAsserts())
            {
                Log(LogLevel.Notice, "Starting requested but asserts failed.");
                return JobOutcome.AssertFailed;
            }
        }

        if (Unsupported is { } reason)
        {
            Log(LogLevel.Warning, reason);
            return JobOutcome.NotSupportedByHost;
        }

        if (!BoundUnitsAreActive())
        {
            return JobOutcome.DependencyFailed;
        }

        if (MayStart() is { } refused)
        {
            return refused;
        }

        Context.Observer.UnitChanged(this);
        Context.Processes.Thaw(this);
        return StartNow();
    }

    public JobOutcome Stop()
    {
        if (IsInactiveOrFailed)
        {
            return JobOutcome.Already;
        }

        Context.Observer.UnitChanged(this);
        Context.Processes.Thaw(this);
        return StopNow();
    }

    public JobOutcome Reload()
    {
        if (LoadState != UnitLoadState.Loaded)
        {
            return JobOutcome.Failed;
        }

        if (!CanReload)
        {
            return JobOutcome.NotSupportedByType;
        }

        if (ActiveState == UnitActiveState.Reloading)
        {
            return JobOutcome.Again;
        }

        if (ActiveState != UnitActiveState.Active)
        {
            Log(LogLevel.Warning, "Unit cannot be reloaded because it is inactive.");
            return JobOutcome.NotActive;
        }

        Context.Observer.UnitChanged(this);
        if (!HasOwnReload)
        {
            // Nothing of its own to do, but the reload still goes on to those it propagates to.
            NotifyState(ActiveState, ActiveState);
            return JobOutcome.Pending;
        }

        Context.Processes.Thaw(this);
        return ReloadNow();
    }

    /// <summary>The type has a reload of its own; false where a reload is only handed on.</summary>
    protected virtual bool HasOwnReload => false;

    /// <summary>Down, without a job: what was kept for the next start is let go of.</summary>
    public virtual void ReleaseResources()
    {
    }

    public virtual void ResetFailed()
    {
        StartLimit.Reset();
        StartLimitHit = false;
    }

    public bool StartLimitHit { get; protected set; }

    /// <summary>A daemon-reload lets the starts so far be forgotten, as in systemd, where the counts go with the old settings.</summary>
    public void ForgetStarts()
    {
        StartLimit.Reset();
        AutomaticJobLimit.Reset();
        StartLimitHit = false;
    }

    /// <summary>Lets a start through, or refuses it and takes StartLimitAction=.</summary>
    protected bool PassStartLimit()
    {
        if (StartLimit.TryPass(Context.Loop.Now(Clock.Boottime)))
        {
            StartLimitHit = false;
            return true;
        }

        Log(LogLevel.Warning, "Start request repeated too quickly.");
        StartLimitHit = true;
        Context.Emergency.Run(Config.StartLimitAction, Config.RebootArgument, exitStatus: null, $"unit {Id} failed", warn: true);
        return false;
    }

    private bool TestConditions()
    {
        ConditionTimestamp = DualTimestamp.Now(Context.Loop);
        ConditionResult = Context.Conditions.Test(this, Config.Conditions, isAssert: false, out var failed);
        if (!ConditionResult)
        {
            Log(LogLevel.Debug, "Starting requested but condition failed. Not starting unit.");
            Context.Observer.ConditionFailed(this, failed);
        }

        return ConditionResult;
    }

    private bool TestAsserts()
    {
        AssertTimestamp = DualTimestamp.Now(Context.Loop);
        AssertResult = Context.Conditions.Test(this, Config.Asserts, isAssert: true, out _);
        return AssertResult;
    }

    /// <summary>
    /// BindsTo= together with After= must be up by now. The transaction saw to it, but a reload of the configuration
    /// or a condition may have come in between.
    /// </summary>
    private bool BoundUnitsAreActive()
    {
        foreach (var other in this.Dependencies(UnitDependencyAtom.CannotBeActiveWithout))
        {
            if (!other.ActiveState.IsActiveOrReloading() && HasDependency(UnitDependencyAtom.After, other))
            {
                Log(LogLevel.Notice, $"Bound to unit {other.Id}, but unit isn't active.");
                return false;
            }
        }

        return true;
    }
}
