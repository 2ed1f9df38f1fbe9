using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>The sections a unit file of a type may have; others are reported and skipped, those in "X-" skipped in silence.</summary>
internal static class UnitSections
{
    public static string[] For(UnitType type) => type switch
    {
        UnitType.Service => ["Unit", "Service", "Install"],
        UnitType.Mount => ["Unit", "Mount", "Install"],
        UnitType.Swap => ["Unit", "Swap", "Install"],
        UnitType.Socket => ["Unit", "Socket", "Install"],
        UnitType.Target => ["Unit", "Target", "Install"],
        UnitType.Device => ["Unit", "Device", "Install"],
        UnitType.Automount => ["Unit", "Automount", "Install"],
        UnitType.Timer => ["Unit", "Timer", "Install"],
        UnitType.Path => ["Unit", "Path", "Install"],
        UnitType.Slice => ["Unit", "Slice", "Install"],
        UnitType.Scope => ["Unit", "Scope", "Install"],
        UnitType.Snapshot => ["Unit", "Install"],
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Trasgo's own settings, which systemd passes over because of the prefix.</summary>
    public const string Own = "X-Trasgo";
}
