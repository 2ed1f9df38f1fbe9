using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>/sys/class/power_supply.</summary>
internal static class PowerSupplies
{
    private const string Class = "/sys/class/power_supply";

    /// <summary>Some mains supply is online; or nothing says that a battery is what we live on.</summary>
    public static bool IsOnMains()
    {
        var discharging = false;
        foreach (var device in Directory.Exists(Class) ? Directory.GetFileSystemEntries(Class) : [])
        {
            switch (HostText.Line(device + "/type"))
            {
                case null:
                    break;
                case "Battery":
                    // A battery of a mouse says nothing of the machine.
                    discharging |= HostText.Line(device + "/scope") != "Device" && HostText.Line(device + "/status") == "Discharging";
                    break;
                case "USB" when IsUsbSource(device):
                    break;
                default:
                    if (Numbers.TryUInt32(HostText.Line(device + "/online") ?? "", out var online) && online > 0)
                    {
                        return true;
                    }

                    break;
            }
        }

        return !discharging;
    }

    /// <summary>A USB-C port that gives power instead of taking it.</summary>
    private static bool IsUsbSource(string device)
    {
        foreach (var port in Directory.Exists(device + "/device/typec") ? Directory.GetFileSystemEntries(device + "/device/typec") : [])
        {
            if (HostText.Line(port + "/power_role")?.Contains("[source]", StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }
}
