using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// A scope: processes that somebody else has started. The only one that exists by itself is init.scope, the manager's own
/// place; making others is not offered yet.
/// </summary>
internal sealed class Scope : Unit
{
    private readonly bool _isRunning;

    public Scope(EngineContext context, UnitName name)
        : base(context, name)
    {
        Settings = NewSettings();
        IsPerpetual = name.Text == SpecialUnits.InitScope;
        _isRunning = IsPerpetual;
        IsTransient = IsPerpetual;
        if (IsPerpetual)
        {
            StampTimes(UnitActiveState.Inactive, ActiveState);
        }
    }

    public ScopeConfig Settings { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    public override bool RequiresFragment => !IsPerpetual;

    public override UnitActiveState ActiveState => _isRunning ? UnitActiveState.Active : UnitActiveState.Inactive;

    public override string SubState => _isRunning ? "running" : "dead";

    public override string ResultName => "success";

    public override string? Unsupported => IsPerpetual ? null : "Scope units cannot be made yet.";

    protected override bool TypeCanStart => !IsPerpetual;

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) =>
        ScopeDirectives.Table.Apply(Settings, assignment, context);

    public override UnitLoadError? FinishLoading()
    {
        if (IsPerpetual)
        {
            Settings.Unit.DefaultDependencies = false;
            Settings.Unit.Description ??= "System and Service Manager";
            if (Settings.Unit.Documentation.Count == 0)
            {
                Settings.Unit.Documentation.Add("man:systemd(1)");
            }
        }
        else if (Config.DefaultDependencies)
        {
            AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
        }

        return null;
    }

    protected override JobOutcome StartNow() => JobOutcome.NotSupportedByHost;

    protected override JobOutcome StopNow() => JobOutcome.NotSupportedByType;

    protected override void ResetSettings() => Settings = NewSettings();

    private ScopeConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);
}
