using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A mount point that is mounted when somebody looks (systemd.automount(5)).</summary>
internal sealed class Automount(EngineContext context, UnitName name) : PassiveUnit<AutomountConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override bool CanTrigger => true;

    protected override DirectiveTable<AutomountConfig> Table => AutomountDirectives.Table;

    protected override string Plural => "Automount units";

    public override UnitLoadError? FinishLoading()
    {
        AddTrigger(Name.PrefixAndInstance + ".mount");
        return null;
    }

    protected override AutomountConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults));
}
