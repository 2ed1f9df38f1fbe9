namespace Trasgo.Engine.Units;

/// <summary>The units that have a meaning of their own (systemd.special(7)).</summary>
internal static class SpecialUnits
{
    public const string DefaultTarget = "default.target";
    public const string InitrdTarget = "initrd.target";
    public const string BasicTarget = "basic.target";
    public const string SysinitTarget = "sysinit.target";
    public const string ShutdownTarget = "shutdown.target";
    public const string UmountTarget = "umount.target";
    public const string RescueTarget = "rescue.target";
    public const string EmergencyTarget = "emergency.target";
    public const string RebootTarget = "reboot.target";
    public const string PoweroffTarget = "poweroff.target";
    public const string HaltTarget = "halt.target";
    public const string ExitTarget = "exit.target";
    public const string KbRequestTarget = "kbrequest.target";
    public const string CtrlAltDelTarget = "ctrl-alt-del.target";
    public const string SigpwrTarget = "sigpwr.target";
    public const string KexecTarget = "kexec.target";
    public const string SuspendTarget = "suspend.target";
    public const string HibernateTarget = "hibernate.target";
    public const string HybridSleepTarget = "hybrid-sleep.target";
    public const string SuspendThenHibernateTarget = "suspend-then-hibernate.target";
    public const string LocalFsTarget = "local-fs.target";
    public const string LocalFsPreTarget = "local-fs-pre.target";
    public const string RemoteFsTarget = "remote-fs.target";
    public const string RemoteFsPreTarget = "remote-fs-pre.target";
    public const string NetworkTarget = "network.target";
    public const string NetworkOnlineTarget = "network-online.target";
    public const string SwapTarget = "swap.target";
    public const string SocketsTarget = "sockets.target";
    public const string TimersTarget = "timers.target";
    public const string PathsTarget = "paths.target";
    public const string SlicesTarget = "slices.target";
    public const string TimeSyncTarget = "time-sync.target";
    public const string TimeSetTarget = "time-set.target";
    public const string DbusSocket = "dbus.socket";
    public const string DbusService = "dbus.service";
    public const string JournaldService = "systemd-journald.service";
    public const string JournaldSocket = "systemd-journald.socket";
    public const string RemountFsService = "systemd-remount-fs.service";
    public const string TmpfilesSetupService = "systemd-tmpfiles-setup.service";
    public const string UdevdService = "systemd-udevd.service";
    public const string OomdService = "systemd-oomd.service";
    public const string TmpMount = "tmp.mount";
    public const string RootMount = "-.mount";
    public const string RootSlice = "-.slice";
    public const string SystemSlice = "system.slice";
    public const string AppSlice = "app.slice";
    public const string InitScope = "init.scope";
}
