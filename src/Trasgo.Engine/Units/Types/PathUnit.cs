using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A path that starts a unit when something happens to it (systemd.path(5)).</summary>
internal sealed class PathUnit(EngineContext context, UnitName name) : PassiveUnit<PathConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override bool CanTrigger => true;

    protected override DirectiveTable<PathConfig> Table => PathDirectives.Table;

    protected override string Plural => "Path units";

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Settings.TriggerUnit);
        AddDefaultDependencies(SpecialUnits.PathsTarget);
        return null;
    }

    protected override PathConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults));
}
