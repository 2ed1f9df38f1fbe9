using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class ManagerWords
{
    public static readonly NameTable<ShowStatus> ShowStatus = new(
        "no", "temporary", "error", "auto", "yes");

    public static readonly NameTable<StatusUnitFormat> StatusUnitFormat = new(
        "name", "description", "combined");
}
