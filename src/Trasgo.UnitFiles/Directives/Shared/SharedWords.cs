using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class SharedWords
{
    public static readonly NameTable<EmergencyAction> EmergencyAction = new(
        "none", "reboot", "reboot-force", "reboot-immediate", "poweroff", "poweroff-force", "poweroff-immediate", "exit",
        "exit-force");

    public static readonly NameTable<OomPolicy> OomPolicy = new(
        "continue", "stop", "kill");
}
