using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// Units of systemd's own that must not be run by a system manager beside another PID 1; they are masked in generator.early/.
/// </summary>
/// <remarks>
/// They prepare a machine that has just been started, or own its terminals, devices, sessions or log. In a chroot, in `docker exec`, in a CI job
/// the machine is in use already: emptying /tmp/, as systemd-tmpfiles --boot does, would destroy what is not ours, and a second journald
/// would take the first one's kernel log and files. PID 1 masks nothing.
/// </remarks>
internal static class ForeignUnits
{
    private static readonly string[] s_names =
    [
        "console-getty.service", "container-getty@.service", "e2scrub_reap.service", "emergency.service", "getty-static.service", "getty@.service",
        "kmod-static-nodes.service", "ldconfig.service", "networking.service", "rescue.service", "serial-getty@.service",
        "systemd-binfmt.service", "systemd-firstboot.service", "systemd-fsck-root.service", "systemd-hwdb-update.service",
        "systemd-journal-catalog-update.service", "systemd-journal-flush.service", "systemd-journald.service", "systemd-journald.socket",
        "systemd-journald-audit.socket", "systemd-journald-dev-log.socket", "systemd-logind.service",
        "systemd-machine-id-commit.service", "systemd-modules-load.service", "systemd-networkd.service", "systemd-pstore.service",
        "systemd-quotacheck.service", "systemd-random-seed.service", "systemd-remount-fs.service", "systemd-repart.service",
        "systemd-sysctl.service", "systemd-timesyncd.service", "systemd-tmpfiles-clean.service", "systemd-tmpfiles-setup-dev.service",
        "systemd-tmpfiles-setup.service", "systemd-udev-settle.service", "systemd-udev-trigger.service", "systemd-udevd.service",
        "systemd-update-done.service", "systemd-update-utmp-runlevel.service", "systemd-update-utmp.service", "systemd-vconsole-setup.service",
    ];

    /// <summary>Whoever does want one of them puts it into a directory of $SYSTEMD_UNIT_PATH that comes earlier.</summary>
    public static void Mask(ManagerRole role, UnitSearchPath search, IUnitFileSystem files)
    {
        if (role != ManagerRole.System || search.GeneratorEarly is not { } directory || files.MakeDirectories(directory) is not (FileError.None or FileError.Exists))
        {
            return;
        }

        foreach (var name in s_names)
        {
            _ = files.WriteSymlink("/dev/null", $"{directory}/{name}", replace: true);
        }
    }
}
