using static Trasgo.Engine.Jobs.JobType;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// How job types combine. Merging is commutative and, with collapsing, associative; mergeability is transitive;
/// and what merges with neither of two types does not merge with their merger. Transactions rely on all of it.
/// </summary>
internal static class JobAlgebra
{
    /// <summary>
    /// The type that does what both do, or null where they contradict. A nop stands in a slot of its own and
    /// meets no other type.
    /// </summary>
    public static JobType? Merge(JobType a, JobType b)
    {
        if (a == b)
            return a;
        var (low, high) = a < b ? (a, b) : (b, a);
        return (low, high) switch
        {
            (Start, VerifyActive) => Start,
            (Start, Reload) => ReloadOrStart,
            (VerifyActive, Reload) => Reload,
            (Start or VerifyActive or Reload, Restart) => Restart,
            _ => null,
        };
    }

    public static bool IsMergeable(JobType a, JobType b) => Merge(a, b) is not null;

    public static bool IsConflicting(JobType a, JobType b) => a != Nop && b != Nop && !IsMergeable(a, b);

    /// <summary>Whether a does all that b does.</summary>
    public static bool IsSuperset(JobType a, JobType b) => b == Nop || (a != Nop && Merge(a, b) == a);

    /// <summary>Whether a unit in this state is already where the job would take it.</summary>
    public static bool IsRedundant(JobType type, UnitActiveState state) => type switch
    {
        Start or VerifyActive => state.IsActiveOrReloading(),
        Stop => state.IsInactiveOrFailed(),
        Reload => state == UnitActiveState.Reloading,

        // Even while activating: the unit may have started with what its restarted dependency was before.
        Restart => false,
        Nop => true,
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Replaces the types that depend on the state of the unit by what they come to now.</summary>
    public static JobType Collapse(JobType type, UnitActiveState state) => type switch
    {
        TryRestart => state.IsActiveOrActivating() ? Restart : Nop,
        TryReload => state.IsActiveOrReloading() ? Reload : Nop,
        ReloadOrStart => state.IsActiveOrReloading() ? Reload : Start,
        _ => type,
    };

    public static JobType? MergeAndCollapse(JobType a, JobType b, UnitActiveState state) =>
        Merge(a, b) is { } merged ? Collapse(merged, state) : null;

    /// <summary>
    /// Whether a job of this type may join one that already runs. A reload may not: the daemon may have read
    /// its configuration before it was changed again. A running restart is still stopping, so it may be joined.
    /// </summary>
    public static bool AllowsLateMerge(JobType type) => type != Reload;
}
