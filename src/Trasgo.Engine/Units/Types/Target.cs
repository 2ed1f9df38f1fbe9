using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>A target: a name for a set of units, and a point to be ordered against.</summary>
internal sealed class Target : SteadyUnit
{
    public Target(EngineContext context, UnitName name)
        : base(context, name)
    {
        Settings = new UnitConfig(Type, Context.Defaults);
    }

    public UnitConfig Settings { get; private set; }

    public override bool CanFail => true;

    public override UnitConfig Config => Settings;

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) => false;

    public override UnitLoadError? FinishLoading()
    {
        if (!Config.DefaultDependencies)
        {
            return null;
        }

        foreach (var other in DependenciesWith(UnitDependencyAtom.AddDefaultTargetDependencyQueue))
        {
            TargetDependencyQueue.AddOrder(other, this);
        }

        if (Id != SpecialUnits.ShutdownTarget)
        {
            AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
        }

        return null;
    }

    protected override void ResetSettings() => Settings = new UnitConfig(Type, Context.Defaults);
}
