namespace Trasgo.Engine.Jobs;

/// <summary>How far the definition of a unit has been loaded: <c>LoadState</c> on the bus.</summary>
internal enum UnitLoadState
{
    Stub,
    Loaded,
    NotFound,
    BadSetting,
    Error,
    Merged,
    Masked,
}
