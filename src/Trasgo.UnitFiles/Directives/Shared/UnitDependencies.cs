using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

internal static class UnitDependencies
{
    public const int Count = (int)UnitDependency.SliceOf + 1;

    public static readonly NameTable<UnitDependency> Names = new(
        "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy",
        "ConsistsOf", "UpheldBy", "Conflicts", "ConflictedBy", "Before", "After", "OnSuccess", "OnSuccessOf", "OnFailure",
        "OnFailureOf", "Triggers", "TriggeredBy", "PropagatesReloadTo", "ReloadPropagatedFrom", "PropagatesStopTo",
        "StopPropagatedFrom", "JoinsNamespaceOf", "References", "ReferencedBy", "InSlice", "SliceOf");

    public static UnitDependency Inverse(this UnitDependency kind) => kind switch
    {
        UnitDependency.Requires => UnitDependency.RequiredBy,
        UnitDependency.Requisite => UnitDependency.RequisiteOf,
        UnitDependency.Wants => UnitDependency.WantedBy,
        UnitDependency.BindsTo => UnitDependency.BoundBy,
        UnitDependency.PartOf => UnitDependency.ConsistsOf,
        UnitDependency.Upholds => UnitDependency.UpheldBy,
        UnitDependency.RequiredBy => UnitDependency.Requires,
        UnitDependency.RequisiteOf => UnitDependency.Requisite,
        UnitDependency.WantedBy => UnitDependency.Wants,
        UnitDependency.BoundBy => UnitDependency.BindsTo,
        UnitDependency.ConsistsOf => UnitDependency.PartOf,
        UnitDependency.UpheldBy => UnitDependency.Upholds,
        UnitDependency.Conflicts => UnitDependency.ConflictedBy,
        UnitDependency.ConflictedBy => UnitDependency.Conflicts,
        UnitDependency.Before => UnitDependency.After,
        UnitDependency.After => UnitDependency.Before,
        UnitDependency.OnSuccess => UnitDependency.OnSuccessOf,
        UnitDependency.OnSuccessOf => UnitDependency.OnSuccess,
        UnitDependency.OnFailure => UnitDependency.OnFailureOf,
        UnitDependency.OnFailureOf => UnitDependency.OnFailure,
        UnitDependency.Triggers => UnitDependency.TriggeredBy,
        UnitDependency.TriggeredBy => UnitDependency.Triggers,
        UnitDependency.PropagatesReloadTo => UnitDependency.ReloadPropagatedFrom,
        UnitDependency.ReloadPropagatedFrom => UnitDependency.PropagatesReloadTo,
        UnitDependency.PropagatesStopTo => UnitDependency.StopPropagatedFrom,
        UnitDependency.StopPropagatedFrom => UnitDependency.PropagatesStopTo,
        UnitDependency.JoinsNamespaceOf => UnitDependency.JoinsNamespaceOf,
        UnitDependency.References => UnitDependency.ReferencedBy,
        UnitDependency.ReferencedBy => UnitDependency.References,
        UnitDependency.InSlice => UnitDependency.SliceOf,
        UnitDependency.SliceOf => UnitDependency.InSlice,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
