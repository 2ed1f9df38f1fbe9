namespace Trasgo.UnitFiles.Values;

/// <summary>The capabilities of capabilities(7) by their bits.</summary>
internal static class Capabilities
{
    /// <summary>All bits, known or not.</summary>
    public const ulong All = ulong.MaxValue;

    public const int MknodBit = 27;
    public const int SysRawIoBit = 17;
    public const int SysModuleBit = 16;
    public const int SyslogBit = 34;
    public const int SysTimeBit = 25;
    public const int WakeAlarmBit = 35;

    private static readonly string[] s_names =
    [
        "cap_chown", "cap_dac_override", "cap_dac_read_search", "cap_fowner", "cap_fsetid", "cap_kill", "cap_setgid", "cap_setuid",
        "cap_setpcap", "cap_linux_immutable", "cap_net_bind_service", "cap_net_broadcast", "cap_net_admin", "cap_net_raw",
        "cap_ipc_lock", "cap_ipc_owner", "cap_sys_module", "cap_sys_rawio", "cap_sys_chroot", "cap_sys_ptrace", "cap_sys_pacct",
        "cap_sys_admin", "cap_sys_boot", "cap_sys_nice", "cap_sys_resource", "cap_sys_time", "cap_sys_tty_config", "cap_mknod",
        "cap_lease", "cap_audit_write", "cap_audit_control", "cap_setfcap", "cap_mac_override", "cap_mac_admin", "cap_syslog",
        "cap_wake_alarm", "cap_block_suspend", "cap_audit_read", "cap_perfmon", "cap_bpf", "cap_checkpoint_restore",
    ];

    public static int Known => s_names.Length;

    public static string Name(int capability) => s_names[capability];

    /// <summary>A name in any case, or a number up to 63.</summary>
    public static bool TryParse(string text, out int capability)
    {
        if (Numbers.TryInt32(text, out capability))
        {
            return capability is >= 0 and <= 63;
        }

        capability = Array.FindIndex(s_names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return capability >= 0;
    }
}
