using System.Globalization;

namespace Trasgo.UnitFiles.Values;

/// <summary>The names of exit statuses: ISO C, LSB, sysexits.h and the ones of systemd.exec(5), "Process exit codes".</summary>
internal static class ExitStatuses
{
    private static readonly string?[] s_names = Build();

    public static string? Name(int status) => (uint)status < (uint)s_names.Length ? s_names[status] : null;

    /// <summary>"libc", "systemd", "LSB" or "BSD"; null for a status without a name.</summary>
    public static string? Class(int status) => Name(status) is null ? null : status switch
    {
        <= 1 => "libc",
        <= 7 => "LSB",
        <= 78 => "BSD",
        _ => "systemd",
    };

    public static bool TryParse(string text, out int status)
    {
        status = Array.IndexOf(s_names, text);
        if (status >= 0)
        {
            return true;
        }

        var good = Numbers.TryByte(text, out var number);
        status = number;
        return good;
    }

    /// <summary>The name, or the number where there is none.</summary>
    public static string Format(int status) => Name(status) ?? status.ToString(CultureInfo.InvariantCulture);

    private static string?[] Build()
    {
        var names = new string?[256];
        Fill(names, 0, "SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING");
        Fill(names, 64, "USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG");
        Fill(names, 200, "CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR");
        Fill(names, 224, "PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR ADDRESS_FAMILIES RUNTIME_DIRECTORY");
        Fill(names, 235, "CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY CREDENTIALS BPF");
        names[255] = "EXCEPTION";
        return names;
    }

    private static void Fill(string?[] names, int first, string words)
    {
        foreach (var word in words.Split(' '))
        {
            names[first++] = word;
        }
    }
}
