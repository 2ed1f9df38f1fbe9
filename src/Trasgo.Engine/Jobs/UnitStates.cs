namespace Trasgo.Engine.Jobs;

/// <summary>Names of unit states and the groups of states that decisions are made on.</summary>
internal static class UnitStates
{
    public static string Name(this UnitActiveState state) => state switch
    {
        UnitActiveState.Active => "active",
        UnitActiveState.Reloading => "reloading",
        UnitActiveState.Inactive => "inactive",
        UnitActiveState.Failed => "failed",
        UnitActiveState.Activating => "activating",
        UnitActiveState.Deactivating => "deactivating",
        UnitActiveState.Maintenance => "maintenance",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Name(this UnitLoadState state) => state switch
    {
        UnitLoadState.Stub => "stub",
        UnitLoadState.Loaded => "loaded",
        UnitLoadState.NotFound => "not-found",
        UnitLoadState.BadSetting => "bad-setting",
        UnitLoadState.Error => "error",
        UnitLoadState.Merged => "merged",
        UnitLoadState.Masked => "masked",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static bool IsActiveOrReloading(this UnitActiveState state) =>
        state is UnitActiveState.Active or UnitActiveState.Reloading;

    public static bool IsActiveOrActivating(this UnitActiveState state) =>
        state is UnitActiveState.Active or UnitActiveState.Reloading or UnitActiveState.Activating;

    public static bool IsInactiveOrDeactivating(this UnitActiveState state) =>
        state is UnitActiveState.Inactive or UnitActiveState.Failed or UnitActiveState.Deactivating;

    public static bool IsInactiveOrFailed(this UnitActiveState state) =>
        state is UnitActiveState.Inactive or UnitActiveState.Failed;

    /// <summary>Stub and merged are passing states: no job may be queued for a unit that is still in one.</summary>
    public static bool IsLoadComplete(this UnitLoadState state) =>
        state is not (UnitLoadState.Stub or UnitLoadState.Merged);
}
