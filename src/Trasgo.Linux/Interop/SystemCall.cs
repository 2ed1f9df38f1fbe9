using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>System call numbers: those that x86-64 and arm64 share (all new ones do), and the pairs that differ.</summary>
internal static class SystemCall
{
    public const int PidfdSendSignal = 424;
    public const int PidfdOpen = 434;
    public const int Clone3 = 435;
    public const int CloseRange = 436;

    private static readonly bool s_arm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    public static int Kcmp { get; } = Pick(312, 272);

    public static int OpenAt { get; } = Pick(257, 56);

    public static int Close { get; } = Pick(3, 57);

    public static int Read { get; } = Pick(0, 63);

    public static int Write { get; } = Pick(1, 64);

    public static int Dup { get; } = Pick(32, 23);

    public static int Dup3 { get; } = Pick(292, 24);

    public static int Fcntl { get; } = Pick(72, 25);

    public static int Ioctl { get; } = Pick(16, 29);

    public static int Chdir { get; } = Pick(80, 49);

    public static int Fchdir { get; } = Pick(81, 50);

    public static int Chroot { get; } = Pick(161, 51);

    public static int Umask { get; } = Pick(95, 166);

    public static int SetSid { get; } = Pick(112, 157);

    public static int PrLimit { get; } = Pick(302, 261);

    public static int Prctl { get; } = Pick(157, 167);

    public static int Personality { get; } = Pick(135, 92);

    public static int SetPriority { get; } = Pick(141, 140);

    public static int SchedSetScheduler { get; } = Pick(144, 119);

    public static int SchedSetAffinity { get; } = Pick(203, 122);

    public static int IoprioSet { get; } = Pick(251, 30);

    public static int SetGroups { get; } = Pick(116, 159);

    public static int SetResGid { get; } = Pick(119, 149);

    public static int SetResUid { get; } = Pick(117, 147);

    public static int SetFsUid { get; } = Pick(122, 151);

    public static int CapSet { get; } = Pick(126, 91);

    public static int RtSigAction { get; } = Pick(13, 134);

    public static int RtSigProcMask { get; } = Pick(14, 135);

    public static int GetPid { get; } = Pick(39, 172);

    public static int SetHostName { get; } = Pick(170, 161);

    public static int Unshare { get; } = Pick(272, 97);

    public static int Mount { get; } = Pick(165, 40);

    public static int Reboot { get; } = Pick(169, 142);

    public static int KeyCtl { get; } = Pick(250, 219);

    /// <summary>The call's name for people, "#nr" if it is none of ours.</summary>
    public static string NameOf(int number)
    {
        foreach (var (name, value) in Table())
        {
            if (value == number)
            {
                return name;
            }
        }

        return $"#{number}";
    }

    private static (string Name, int Number)[] Table() =>
    [
        ("openat", OpenAt), ("close", Close), ("read", Read), ("write", Write), ("dup", Dup), ("dup3", Dup3), ("fcntl", Fcntl),
        ("ioctl", Ioctl), ("chdir", Chdir), ("fchdir", Fchdir), ("chroot", Chroot), ("umask", Umask), ("setsid", SetSid),
        ("prlimit64", PrLimit), ("prctl", Prctl), ("personality", Personality), ("setpriority", SetPriority),
        ("sched_setscheduler", SchedSetScheduler), ("sched_setaffinity", SchedSetAffinity), ("ioprio_set", IoprioSet),
        ("setgroups", SetGroups), ("setresgid", SetResGid), ("setresuid", SetResUid), ("setfsuid", SetFsUid), ("capset", CapSet),
        ("rt_sigaction", RtSigAction), ("rt_sigprocmask", RtSigProcMask), ("getpid", GetPid), ("sethostname", SetHostName),
        ("unshare", Unshare), ("mount", Mount), ("keyctl", KeyCtl), ("close_range", CloseRange),
        ("pidfd_open", PidfdOpen), ("pidfd_send_signal", PidfdSendSignal), ("clone3", Clone3),
    ];

    private static int Pick(int x64, int arm64) => s_arm ? arm64 : x64;
}
