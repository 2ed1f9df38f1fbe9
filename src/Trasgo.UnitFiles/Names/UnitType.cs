namespace Trasgo.UnitFiles.Names;

/// <summary>The unit types of systemd(1). Snapshot left systemd in version 228; its suffix is still ours.</summary>
internal enum UnitType
{
    Service,
    Mount,
    Swap,
    Socket,
    Target,
    Device,
    Automount,
    Timer,
    Path,
    Slice,
    Scope,
    Snapshot,
}
