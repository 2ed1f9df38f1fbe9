namespace Trasgo.Manager;

/// <summary>What FreezerState= shows, in lower case.</summary>
internal enum FreezerState
{
    Running,
    Freezing,
    Frozen,
    Thawing,
}
