namespace Trasgo.Engine.Jobs;

/// <summary>The state all unit types share: <c>ActiveState</c> on the bus.</summary>
internal enum UnitActiveState
{
    Active,
    Reloading,
    Inactive,
    Failed,
    Activating,
    Deactivating,
    Maintenance,
}
