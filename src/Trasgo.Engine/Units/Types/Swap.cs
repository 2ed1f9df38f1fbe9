using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A device or file to swap to (systemd.swap(5)).</summary>
internal sealed class Swap(EngineContext context, UnitName name) : PassiveUnit<SwapConfig>(context, name)
{
    public override UnitConfig Config => Settings.Unit;

    public override ExecConfig Exec => Settings.Exec;

    public override CleanMask? Cleanable => CleanMasks.Of(Exec);

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    protected override DirectiveTable<SwapConfig> Table => SwapDirectives.Table;

    protected override string Plural => "Swap units";

    public override UnitLoadError? FinishLoading()
    {
        return null;
    }

    protected override SwapConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);
}
