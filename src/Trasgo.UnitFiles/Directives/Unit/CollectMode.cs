using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>When an unreferenced unit may be unloaded, CollectMode=.</summary>
internal enum CollectMode
{
    Inactive,
    InactiveOrFailed,
}
