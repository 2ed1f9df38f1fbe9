using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A timer that starts a unit (systemd.timer(5)).</summary>
internal sealed class TimerUnit(EngineContext context, UnitName name) : TriggeringUnit<TimerConfig>(context, name)
{
    /// <summary>Where Persistent= keeps when a timer elapsed last (systemd.timer(5)).</summary>
    private const string StampDirectory = "/var/lib/systemd/timers";

    public override UnitConfig Config => Settings.Unit;

    protected override DirectiveTable<TimerConfig> Table => TimerDirectives.Table;

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string ResultName => "success";

    public override string Unsupported => "Timer units are not supported by this version.";

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Settings.TriggerUnit);
        if (Settings.Persistent && Context.Scope == RuntimeScope.System)
        {
            RequireMountsFor(StampDirectory);
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

    protected override TimerConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;
}
