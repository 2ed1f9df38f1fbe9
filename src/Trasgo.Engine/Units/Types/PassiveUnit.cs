using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// A unit of a type that is loaded, shown, ordered and counted, but not run yet. A start fails at once and says so, so that
/// nobody waits for it.
/// </summary>
internal abstract class PassiveUnit<TConfig>(EngineContext context, UnitName name) : Unit(context, name)
    where TConfig : class
{
    private TConfig? _settings;

    public TConfig Settings => _settings ??= NewSettings();

    protected abstract DirectiveTable<TConfig> Table { get; }

    /// <summary>"Socket units": the subject of the message that refuses a start.</summary>
    protected abstract string Plural { get; }

    protected abstract TConfig NewSettings();

    public override UnitActiveState ActiveState => UnitActiveState.Inactive;

    public override string SubState => "dead";

    public override string? ResultName => "success";

    public override string? Unsupported => $"{Plural} are not supported by this version.";

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) => Table.Apply(Settings, assignment, context);

    public override UnitLoadError? FinishLoading() => null;

    protected UnitLoadError Refuse(string refusal)
    {
        Log(LogLevel.Error, refusal);
        return LoadErrors.BadSetting(Id);
    }

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.Already;

    protected override void ResetSettings() => _settings = null;

    /// <summary>Triggers the unit that is named, or the service of the same name.</summary>
    protected void AddTrigger(string? name)
    {
        name ??= Name.PrefixAndInstance + ".service";
        AddDependencies(UnitDependency.Before, UnitDependency.Triggers, name, DependencyOrigin.Implicit);
    }

    /// <summary>What units that wait for something have by default: after what they need, gone before the shutdown.</summary>
    protected void AddDefaultDependencies(string before)
    {
        if (!Config.DefaultDependencies)
        {
            return;
        }

        AddDependency(UnitDependency.Before, before, DependencyOrigin.Default);
        if (Context.Scope == UnitFiles.LoadPath.RuntimeScope.System)
        {
            AddDependencies(UnitDependency.After, UnitDependency.Requires, SpecialUnits.SysinitTarget, DependencyOrigin.Default);
        }

        AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
    }
}
