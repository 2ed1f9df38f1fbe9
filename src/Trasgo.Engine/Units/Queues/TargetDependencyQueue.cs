using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A target comes after what it pulls in, unless the opposite was asked for. This needs both units loaded, so it waits.
/// </summary>
internal sealed class TargetDependencyQueue(EngineContext context) : UnitQueue(context, QueuePlaces.TargetDependencies)
{
    public static void AddOrder(Unit unit, Unit target)
    {
        var applies = target.Type == UnitType.Target &&
            target.LoadState == UnitLoadState.Loaded && unit.LoadState == UnitLoadState.Loaded &&
            unit.Config.DefaultDependencies && target.Config.DefaultDependencies &&
            !target.HasDependency(UnitDependency.Before, unit);
        if (applies)
        {
            target.AddDependency(UnitDependency.After, unit, DependencyOrigin.Default);
        }
    }

    protected override void Process(Unit unit)
    {
        if (unit.LoadState != UnitLoadState.Loaded)
        {
            return;
        }

        foreach (var target in unit.DependenciesWith(UnitDependencyAtom.DefaultTargetDependencies))
        {
            AddOrder(unit, target);
        }
    }
}
