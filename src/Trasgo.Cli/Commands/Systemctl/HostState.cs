using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Where we run: beside a manager, in a chroot, or in an image that somebody is building.</summary>
internal static class HostState
{
    /// <summary>As sd_booted(3): the manager of this system makes the directory first thing.</summary>
    internal static bool IsBooted => Directory.Exists("/run/systemd/system") && !IsLink("/run/systemd/system");

    /// <summary>
    /// Whether there is a manager to ask. A user's may run where PID 1 is no service manager: then its socket says so.
    /// </summary>
    internal static bool HasManager(SystemctlOptions options) =>
        IsBooted
        || (options.Scope == Scope.User && File.Exists($"{Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")}/systemd/private"));

    /// <summary>PID 1 lives under another root. $SYSTEMD_IGNORE_CHROOT says that it does not matter.</summary>
    internal static bool IsChroot =>
        Booleans.Parse(Environment.GetEnvironmentVariable("SYSTEMD_IGNORE_CHROOT") ?? "") != true
        && IsSameFile("/proc/1/root", "/") == false;

    /// <summary>$SYSTEMD_OFFLINE decides where it is set: image builders set it, and then nothing is started.</summary>
    internal static bool IsOffline =>
        Booleans.Parse(Environment.GetEnvironmentVariable("SYSTEMD_OFFLINE") ?? "") ?? IsChroot;

    /// <summary>Whether enable and its relatives change the unit files themselves instead of asking the manager to.</summary>
    internal static bool InstallsClientSide(SystemctlOptions options) =>
        IsOffline
        || !HasManager(options)
        || options.Root is not null
        || options.Scope == Scope.Global
        || Booleans.Parse(Environment.GetEnvironmentVariable("SYSTEMCTL_INSTALL_CLIENT_SIDE") ?? "") == true;

    // Null where we may not look, as an ordinary user may not at PID 1's root.
    private static bool? IsSameFile(string first, string second)
    {
        var (a, b) = (FileSystem.Status(first), FileSystem.Status(second));
        return a.Ok && b.Ok ? (a.Value.Device, a.Value.Inode) == (b.Value.Device, b.Value.Inode) : null;
    }

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}
