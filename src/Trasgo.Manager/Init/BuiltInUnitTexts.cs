using System.Text;

namespace Trasgo.Manager;

/// <summary>
/// The units that a manager cannot do without. The relations are those that systemd documents in systemd.special(7) and bootup(7), so that
/// units of packages find what they order themselves by.
/// </summary>
internal static class BuiltInUnitTexts
{
    private const string AtShutdown = "DefaultDependencies=no;Conflicts=shutdown.target";
    private const string Passive = "RefuseManualStart=yes";

    /// <summary>Name, description, and the lines of [Unit], separated by semicolons.</summary>
    private static readonly (string Name, string Description, string Lines)[] s_systemTargets =
    [
        ("sysinit.target", "System Initialization",
            "Conflicts=emergency.service emergency.target;Wants=local-fs.target swap.target;After=local-fs.target swap.target;"
            + "Before=emergency.service emergency.target"),
        ("basic.target", "Basic System",
            "Requires=sysinit.target;Wants=sockets.target timers.target paths.target slices.target;"
            + "After=sysinit.target sockets.target paths.target slices.target tmp.mount;RequiresMountsFor=/var /var/tmp;Wants=tmp.mount"),
        ("multi-user.target", "Multi-User System",
            "Requires=basic.target;Conflicts=rescue.service rescue.target;After=basic.target rescue.service rescue.target;AllowIsolate=yes"),
        ("graphical.target", "Graphical Interface",
            "Requires=multi-user.target;Wants=display-manager.service;Conflicts=rescue.service rescue.target;"
            + "After=multi-user.target rescue.service rescue.target display-manager.service;AllowIsolate=yes"),
        ("local-fs-pre.target", "Preparation for Local File Systems", Passive),
        ("local-fs.target", "Local File Systems",
            AtShutdown + ";After=local-fs-pre.target;OnFailure=emergency.target;OnFailureJobMode=replace-irreversibly"),
        ("remote-fs-pre.target", "Preparation for Remote File Systems", Passive),
        ("remote-fs.target", "Remote File Systems", AtShutdown + ";After=remote-fs-pre.target"),
        ("swap.target", "Swaps", ""),
        ("sockets.target", "Socket Units", ""),
        ("timers.target", "Timer Units", AtShutdown),
        ("paths.target", "Path Units", ""),
        ("slices.target", "Slice Units", "Wants=-.slice system.slice;After=-.slice system.slice"),
        ("getty-pre.target", "Preparation for Logins", ""),
        ("getty.target", "Login Prompts", ""),
        ("network-pre.target", "Preparation for Network", Passive),
        ("network.target", "Network", "After=network-pre.target;" + Passive),
        ("network-online.target", "Network is Online", "After=network.target"),
        ("nss-lookup.target", "Host and Network Name Lookups", Passive),
        ("nss-user-lookup.target", "User and Group Name Lookups", Passive),
        ("rpcbind.target", "RPC Port Mapper", Passive),
        ("time-set.target", "System Time Set", Passive),
        ("time-sync.target", "System Time Synchronized", Passive + ";After=time-set.target;Wants=time-set.target"),
        ("cryptsetup-pre.target", "Preparation for Local Encrypted Volumes", Passive + ";Before=cryptsetup.target"),
        ("cryptsetup.target", "Local Encrypted Volumes", ""),
        ("machines.target", "Containers", "Before=multi-user.target"),
        ("shutdown.target", "System Shutdown", "DefaultDependencies=no;" + Passive),
        ("umount.target", "Unmount All Filesystems", "DefaultDependencies=no;" + Passive),
        ("final.target", "Late Shutdown Services", "DefaultDependencies=no;" + Passive + ";After=shutdown.target umount.target"),
        ("exit.target", "Exit", Ends("exit")),
        ("poweroff.target", "Power-Off", Ends("poweroff") + ";JobTimeoutSec=30min;JobTimeoutAction=poweroff-force"),
        ("reboot.target", "Reboot", Ends("reboot") + ";JobTimeoutSec=30min;JobTimeoutAction=reboot-force"),
        ("halt.target", "Halt", Ends("halt")),
        ("kexec.target", "Reboot by kexec", Ends("kexec")),
        ("rescue.target", "Rescue Mode", "Requires=sysinit.target rescue.service;After=sysinit.target rescue.service;AllowIsolate=yes"),
        ("emergency.target", "Emergency Mode", "Requires=emergency.service;After=emergency.service;AllowIsolate=yes"),
        ("sigpwr.target", "Power Failure", ""),
        ("kbrequest.target", "Keyboard Request", ""),
        ("user.slice", "User and Session Slice", "Before=slices.target"),
        ("machine.slice", "Container and Virtual Machine Slice", "Before=slices.target"),
    ];

    private static readonly (string Name, string Target)[] s_systemAliases =
    [
        ("default.target", "multi-user.target"), ("ctrl-alt-del.target", "reboot.target"), ("runlevel0.target", "poweroff.target"),
        ("runlevel1.target", "rescue.target"), ("runlevel2.target", "multi-user.target"), ("runlevel3.target", "multi-user.target"),
        ("runlevel4.target", "multi-user.target"), ("runlevel5.target", "graphical.target"), ("runlevel6.target", "reboot.target"),
    ];

    private static readonly (string Name, string Description, string Lines)[] s_userTargets =
    [
        ("default.target", "Main User Target", "Requires=basic.target;After=basic.target;AllowIsolate=yes"),
        ("basic.target", "Basic System", "Wants=sockets.target timers.target paths.target;After=sockets.target timers.target paths.target"),
        ("sockets.target", "Sockets", ""),
        ("timers.target", "Timers", AtShutdown),
        ("paths.target", "Paths", ""),
        ("shutdown.target", "Shutdown", "DefaultDependencies=no;" + Passive),
        ("exit.target", "Exit the Session", Ends("exit")),
        ("graphical-session-pre.target", "Preparation for a Graphical Session",
            "Requires=basic.target;Before=graphical-session.target;StopWhenUnneeded=yes"),
        ("graphical-session.target", "Graphical Session", "Requires=basic.target;" + Passive + ";StopWhenUnneeded=yes"),
        ("xdg-desktop-autostart.target", "Startup of XDG Autostart Applications", Passive + ";StopWhenUnneeded=yes"),
        ("bluetooth.target", "Bluetooth", "StopWhenUnneeded=yes"),
        ("printer.target", "Printer", "StopWhenUnneeded=yes"),
        ("smartcard.target", "Smart Card", "StopWhenUnneeded=yes"),
        ("sound.target", "Sound Card", "StopWhenUnneeded=yes"),
    ];

    public static List<BuiltInUnit> System(string systemctl)
    {
        var units = Targets(s_systemTargets);
        units.Add(Last("exit", "Exit", "SuccessAction=exit-force"));
        units.Add(Last("poweroff", "System Power Off", "SuccessAction=poweroff-force"));
        units.Add(Last("reboot", "System Reboot", "SuccessAction=reboot-force"));
        units.Add(Last("halt", "System Halt", "", $"[Service]\nType=oneshot\nExecStart={systemctl} --force halt\n"));
        units.Add(Last("kexec", "Reboot by kexec", "", $"[Service]\nType=oneshot\nExecStart={systemctl} --force kexec\n"));
        units.Add(Shell("rescue", "Rescue Shell", "After=sysinit.target"));
        units.Add(Shell("emergency", "Emergency Shell", "Conflicts=rescue.service;Before=rescue.service"));
        units.AddRange(s_systemAliases.Select(static alias => new BuiltInUnit(alias.Name, "", alias.Target)));
        return units;
    }

    public static List<BuiltInUnit> User()
    {
        var units = Targets(s_userTargets);
        units.Add(Make(
            "systemd-exit.service",
            "Exit the Session",
            "DefaultDependencies=no;Requires=shutdown.target;After=shutdown.target;SuccessAction=exit-force",
            "[Service]\nSlice=-.slice\n"));
        units.Add(Make("app.slice", "User Application Slice", "", "[Slice]\nCPUWeight=100\n"));
        units.Add(Make("session.slice", "User Core Session Slice", "", "[Slice]\nCPUWeight=100\n"));
        units.Add(Make("background.slice", "User Background Tasks Slice", "", "[Slice]\nCPUWeight=30\n"));
        return units;
    }

    private static string Ends(string verb) =>
        $"DefaultDependencies=no;Requires=systemd-{verb}.service;After=systemd-{verb}.service;AllowIsolate=yes";

    private static BuiltInUnit Last(string verb, string description, string action, string sections = "") => Make(
        $"systemd-{verb}.service",
        description,
        "DefaultDependencies=no;Requires=shutdown.target umount.target final.target;After=shutdown.target umount.target final.target;" + action,
        sections);

    /// <summary>sulogin(8) asks for root's password; a container that has none of it has no terminal of strangers either.</summary>
    private static BuiltInUnit Shell(string name, string description, string lines) => Make(
        name + ".service",
        description,
        AtShutdown + ";Before=shutdown.target;ConditionPathExists=/dev/console;" + lines,
        """
        [Service]
        Environment=HOME=/root
        WorkingDirectory=-/root
        ExecStart=-/bin/sh -c 'if [ -x /sbin/sulogin ]; then exec /sbin/sulogin; else exec /bin/sh; fi'
        Type=idle
        StandardInput=tty-force
        StandardOutput=inherit
        StandardError=inherit
        KillMode=process
        IgnoreSIGPIPE=no
        SendSIGHUP=yes

        """);

    private static List<BuiltInUnit> Targets((string Name, string Description, string Lines)[] rows) =>
        [.. rows.Select(static row => Make(row.Name, row.Description, row.Lines, ""))];

    private static BuiltInUnit Make(string name, string description, string lines, string sections)
    {
        var text = new StringBuilder("# Built in: no file on this host provides this unit.\n\n[Unit]\n");
        text.Append("Description=").Append(description).Append("\nDocumentation=man:systemd.special(7)\n");
        foreach (var line in lines.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            text.Append(line).Append('\n');
        }

        if (sections.Length > 0)
        {
            text.Append('\n').Append(sections);
        }

        return new BuiltInUnit(name, text.ToString());
    }
}
