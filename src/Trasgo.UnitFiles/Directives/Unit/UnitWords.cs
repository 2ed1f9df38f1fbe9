using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class UnitWords
{
    public static readonly NameTable<CollectMode> CollectMode = new("inactive", "inactive-or-failed");

    /// <summary>The job modes that OnFailureJobMode= takes; the job engine owns the enumeration.</summary>
    public static readonly string[] JobModes =
    [
        "fail", "replace", "replace-irreversibly", "isolate", "flush", "ignore-dependencies", "ignore-requirements", "triggering",
    ];
}
