using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd's words for the enumerations of this folder, each in the order of its members.</summary>
internal static class ResourceWords
{
    public static readonly NameTable<DevicePolicy> DevicePolicy = new(
        "auto", "closed", "strict");

    public static readonly NameTable<ManagedOomMode> ManagedOomMode = new(
        "auto", "kill");

    public static readonly NameTable<ManagedOomPreference> ManagedOomPreference = new(
        "none", "avoid", "omit");
}
