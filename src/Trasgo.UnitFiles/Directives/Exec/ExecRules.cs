using System.Globalization;
using System.Text;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// What some exec settings imply for others once a unit is read whole: the manager's limits, what DynamicUser= and the
/// Protect*= settings take away, and the order of directories.
/// </summary>
internal static class ExecRules
{
    /// <param name="exec">May be the shared defaults: what is implied for those is the same for all units.</param>
    /// <param name="resources">null: none, or they are not concerned (<see cref="ConcernsDevices"/>).</param>
    /// <param name="defaults">The manager's.</param>
    /// <param name="unit">Whose settings they are.</param>
    public static void Complete(ExecConfig exec, ResourceConfig? resources, ManagerDefaults defaults, UnitName unit)
    {
        for (var i = 0; i < exec.Limits.Length; i++)
        {
            exec.Limits[i] ??= defaults.Limits[i];
        }

        if (defaults.Host.Home is { } home && exec.WorkingDirectory.Path is null)
        {
            exec.WorkingDirectory = new WorkingDirectory(exec.WorkingDirectory.Home ? null : home, exec.WorkingDirectory.Home, MissingOk: true);
        }

        DropCapabilities(exec);
        if (exec.DynamicUser)
        {
            CompleteDynamicUser(exec, unit);
        }

        foreach (var directory in (ReadOnlySpan<ExecDirectory>)
            [exec.RuntimeDirectory, exec.StateDirectory, exec.CacheDirectory, exec.LogsDirectory, exec.ConfigurationDirectory])
        {
            // Parents come before what lies in them.
            directory.Items.Sort(static (a, b) => ComparePaths(a.Path, b.Path));
        }

        if (resources is not null)
        {
            CompleteDevices(exec, resources);
        }
    }

    /// <summary>Whether the settings imply some for the control group: which devices the processes may use.</summary>
    public static bool ConcernsDevices(ExecConfig exec) =>
        exec.PrivateDevices || exec.ProtectClock || exec.RootImage is not null || exec.MountImages.Count > 0
        || exec.SetCredentials.Count > 0 || exec.LoadCredentials.Count > 0;

    private static void DropCapabilities(ExecConfig exec)
    {
        var dropped = 0UL;
        dropped |= exec.PrivateDevices ? Bit(Capabilities.MknodBit) | Bit(Capabilities.SysRawIoBit) : 0;
        dropped |= exec.ProtectKernelModules ? Bit(Capabilities.SysModuleBit) : 0;
        dropped |= exec.ProtectKernelLogs ? Bit(Capabilities.SyslogBit) : 0;
        dropped |= exec.ProtectClock ? Bit(Capabilities.SysTimeBit) | Bit(Capabilities.WakeAlarmBit) : 0;
        exec.CapabilityBoundingSet &= ~dropped;
    }

    private static ulong Bit(int capability) => 1UL << capability;

    /// <summary>A user that will be someone else's must not leave anything behind.</summary>
    private static void CompleteDynamicUser(ExecConfig exec, UnitName unit)
    {
        exec.User ??= UserOf(unit);
        exec.Group ??= exec.User;
        exec.PrivateTmp = true;
        exec.RemoveIpc = true;
        exec.ProtectSystem = ProtectSystem.Strict;
        exec.ProtectHome = exec.ProtectHome == ProtectHome.No ? ProtectHome.ReadOnly : exec.ProtectHome;
        exec.NoNewPrivileges = true;
        exec.RestrictSuidSgid = true;
    }

    /// <summary>The prefix of the unit where it is a sound user name, else one made from its hash.</summary>
    private static string UserOf(UnitName unit)
    {
        var prefix = unit.Prefix;
        if (prefix.Length is > 0 and < 32 && (char.IsAsciiLetter(prefix[0]) || prefix[0] == '_')
            && !prefix.AsSpan().ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"))
        {
            return prefix;
        }

        // FNV-1a: only the stability of the name matters.
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(unit.Text))
        {
            hash = (hash ^ b) * 1099511628211UL;
        }

        return string.Create(CultureInfo.InvariantCulture, $"_du{hash:x16}");
    }

    private static void CompleteDevices(ExecConfig exec, ResourceConfig resources)
    {
        if (exec.PrivateDevices && resources.DevicePolicy == DevicePolicy.Auto)
        {
            resources.DevicePolicy = DevicePolicy.Closed;
        }

        // Each of these implies that all other devices are shut out, so they are added only where that is so already.
        if (resources.DevicePolicy == DevicePolicy.Auto && resources.DeviceAllow.Count == 0)
        {
            return;
        }

        if (exec.RootImage is not null || exec.MountImages.Count > 0)
        {
            foreach (var path in (ReadOnlySpan<string>)["/dev/loop-control", "/dev/mapper/control"])
            {
                resources.DeviceAllow.Add(new DeviceAllow(path, "rw"));
            }

            foreach (var path in (ReadOnlySpan<string>)["block-loop", "block-blkext", "block-device-mapper"])
            {
                resources.DeviceAllow.Add(new DeviceAllow(path, "rwm"));
            }
        }

        if (exec.ProtectClock)
        {
            resources.DeviceAllow.Add(new DeviceAllow("char-rtc", "r"));
        }

        if (exec.SetCredentials.Exists(static c => c.Encrypted) || exec.LoadCredentials.Exists(static c => c.Encrypted))
        {
            resources.DeviceAllow.Add(new DeviceAllow("/dev/tpmrm0", "rw"));
        }
    }

    private static int ComparePaths(string a, string b)
    {
        var left = a.Split('/');
        var right = b.Split('/');
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var order = string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
