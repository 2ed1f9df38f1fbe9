using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A timer that starts a unit (systemd.timer(5)).</summary>
internal sealed class TimerUnit(EngineContext context, UnitName name) : PassiveUnit<TimerConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override bool CanTrigger => true;

    protected override DirectiveTable<TimerConfig> Table => TimerDirectives.Table;

    protected override string Plural => "Timer units";

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Settings.TriggerUnit);
        AddDefaultDependencies(SpecialUnits.TimersTarget);
        return null;
    }

    protected override TimerConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);
}
