using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>The sections a unit file of a type may have; others are reported and skipped, those in "X-" skipped in silence.</summary>
internal static class UnitSections
{
    private static readonly string[][] s_known = [.. Enumerable.Range(0, UnitTypes.Count).Select(t => (string[])[.. For((UnitType)t), Own])];

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

    /// <summary>As For, with our own section; an array made once for each type.</summary>
    public static string[] Known(UnitType type) => s_known[(int)type];

    /// <summary>A section of somebody else's, of which nothing is said.</summary>
    public static bool IsForeign(string section) => section.StartsWith("X-", StringComparison.Ordinal) && section != Own;

    /// <summary>Trasgo's own settings, which systemd passes over because of the prefix.</summary>
    public const string Own = "X-Trasgo";
}
