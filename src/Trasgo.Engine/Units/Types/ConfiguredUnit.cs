using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>A unit whose settings are one configuration with one table of directives.</summary>
internal abstract class ConfiguredUnit<TConfig>(EngineContext context, UnitName name) : Unit(context, name)
    where TConfig : class
{
    private TConfig? _settings;

    public TConfig Settings => _settings ??= NewSettings();

    protected abstract DirectiveTable<TConfig> Table { get; }

    protected abstract TConfig NewSettings();

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) => Table.Apply(Settings, assignment, context);

    protected override void ResetSettings() => _settings = null;

    protected UnitLoadError Refuse(string refusal)
    {
        Log(LogLevel.Error, refusal);
        return LoadErrors.BadSetting(Id);
    }
}
