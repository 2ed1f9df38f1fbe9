using Trasgo.UnitFiles.Directives;
using static Trasgo.Engine.Jobs.UnitDependencyAtom;

namespace Trasgo.Engine.Jobs;

/// <summary>What each kind of dependency consists of.</summary>
internal static class DependencyKinds
{
    private static readonly UnitDependencyAtom[] s_atoms = BuildAtoms();

    public static UnitDependencyAtom Atoms(this UnitDependency kind) => s_atoms[(int)kind];

    private static UnitDependencyAtom[] BuildAtoms()
    {
        var atoms = new UnitDependencyAtom[UnitDependencies.Count];
        for (var kind = 0; kind < UnitDependencies.Count; kind++)
            atoms[kind] = Row((UnitDependency)kind);
        return atoms;
    }

    private static UnitDependencyAtom Row(UnitDependency kind) => kind switch
    {
        UnitDependency.Requires =>
            PullInStart | RetroactiveStartReplace | AddStopWhenUnneededQueue | AddDefaultTargetDependencyQueue,
        UnitDependency.Requisite =>
            PullInVerify | AddStopWhenUnneededQueue | AddDefaultTargetDependencyQueue,
        UnitDependency.Wants =>
            PullInStartIgnored | RetroactiveStartFail | AddStopWhenUnneededQueue | AddDefaultTargetDependencyQueue,
        UnitDependency.BindsTo =>
            PullInStart | RetroactiveStartReplace | CannotBeActiveWithout | AddStopWhenUnneededQueue
            | AddDefaultTargetDependencyQueue,
        UnitDependency.PartOf => AddDefaultTargetDependencyQueue,
        UnitDependency.Upholds =>
            PullInStartIgnored | RetroactiveStartReplace | AddStartWhenUpheldQueue | AddStopWhenUnneededQueue
            | AddDefaultTargetDependencyQueue,
        UnitDependency.RequiredBy =>
            PropagateStop | PropagateRestart | PropagateStartFailure | PinsStopWhenUnneeded | DefaultTargetDependencies,
        UnitDependency.RequisiteOf =>
            PropagateStop | PropagateRestart | PropagateStartFailure | PropagateInactiveStartAsFailure
            | PinsStopWhenUnneeded | DefaultTargetDependencies,
        UnitDependency.WantedBy => PinsStopWhenUnneeded | DefaultTargetDependencies,
        UnitDependency.BoundBy =>
            RetroactiveStopOnStop | PropagateStop | PropagateRestart | PropagateStartFailure | PinsStopWhenUnneeded
            | AddCannotBeActiveWithoutQueue | DefaultTargetDependencies,
        UnitDependency.ConsistsOf => PropagateStop | PropagateRestart,
        UnitDependency.UpheldBy => StartSteadily | PinsStopWhenUnneeded | DefaultTargetDependencies,
        UnitDependency.Conflicts => PullInStop | RetroactiveStopOnStart,
        UnitDependency.ConflictedBy => PullInStopIgnored | RetroactiveStopOnStart | PropagateStopFailure,
        UnitDependency.PropagatesStopTo => RetroactiveStopOnStop | PropagateStop,
        UnitDependency.Before => Before,
        UnitDependency.After => After,
        UnitDependency.OnSuccess => OnSuccess,
        UnitDependency.OnSuccessOf => OnSuccessOf,
        UnitDependency.OnFailure => OnFailure,
        UnitDependency.OnFailureOf => OnFailureOf,
        UnitDependency.Triggers => Triggers,
        UnitDependency.TriggeredBy => TriggeredBy,
        UnitDependency.PropagatesReloadTo => PropagatesReloadTo,
        UnitDependency.JoinsNamespaceOf => JoinsNamespaceOf,
        UnitDependency.References => References,
        UnitDependency.ReferencedBy => ReferencedBy,
        UnitDependency.InSlice => InSlice,
        UnitDependency.SliceOf => SliceOf,

        // These exist so that the inverse can be shown; the engine does not act on them.
        UnitDependency.ReloadPropagatedFrom => None,
        UnitDependency.StopPropagatedFrom => None,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
