using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class KillWords
{
    public static readonly NameTable<KillMode> KillMode = new(
        "control-group", "process", "mixed", "none");
}
