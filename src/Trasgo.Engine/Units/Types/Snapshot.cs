using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A set of units that were up at a moment, to come back to. The type has no files, so it only exists by name.</summary>
internal sealed class Snapshot(EngineContext context, UnitName name) : PassiveUnit<UnitConfig>(context, name)
{
    public override UnitConfig Config => Settings;

    protected override DirectiveTable<UnitConfig> Table => UnitDirectives.Table;

    protected override string Plural => "Snapshot units";

    protected override UnitConfig NewSettings() => new(Type, Context.Defaults);
}
