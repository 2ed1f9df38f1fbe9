namespace Trasgo.Linux;

/// <summary>
/// The process's signals. A signal reaches a signalfd only if every thread blocks it, and the runtime has threads before Main: so the
/// first thing a manager does is <see cref="EnsureBlocked"/>, which blocks them in the one thread it has and executes the same program
/// again. The mask survives execve(2), and every thread of the new runtime inherits it.
/// </summary>
internal static unsafe class Signals
{
    private const int HowBlock = 0;
    private const int HowUnblock = 1;
    private const int HowSet = 2;
    private const nint ActionDefault = 0;
    private const nint ActionIgnore = 1;

    private static SignalSet? s_changed;

    /// <summary>
    /// What systemd's manager listens to, and SIGPIPE and the terminal's, which must not disturb it. Not SIGRTMIN itself, which the
    /// runtime uses to suspend its threads, nor the signals of faults.
    /// </summary>
    public static SignalSet OfConcern { get; } = MakeOfConcern();

    public static SignalSet Blocked
    {
        get
        {
            ulong old;
            _ = Libc.pthread_sigmask(HowBlock, null, &old);
            return new SignalSet(old);
        }
    }

    /// <summary>Whether a signalfd gets the signal wherever the kernel delivers it: the first thread blocks it since before the runtime.</summary>
    public static bool IsBlockedEverywhere(int signo)
    {
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
        {
            var status = Processes.ReadSmall($"{thread}/status");
            if (status is not null && !Processes.SignalField(status, "SigBlk").Contains(signo))
            {
                return false;
            }
        }

        return true;
    }

    public static void Block(SignalSet set)
    {
        var bits = set.Bits;
        _ = Libc.pthread_sigmask(HowBlock, &bits, null);
    }

    public static void Unblock(SignalSet set)
    {
        var bits = set.Bits;
        _ = Libc.pthread_sigmask(HowUnblock, &bits, null);
    }

    public static void Set(SignalSet set)
    {
        var bits = set.Bits;
        _ = Libc.pthread_sigmask(HowSet, &bits, null);
    }

    /// <summary>The runtime ignores SIGPIPE, and a program that is executed would go on to.</summary>
    public static void SetDefault(int signo) => Libc.signal(signo, ActionDefault);

    public static void Ignore(int signo)
    {
        Libc.signal(signo, ActionIgnore);
        s_changed = s_changed?.With(signo);
    }

    /// <summary>The signals that are not at their default in this process, by the runtime's doing or ours: looked up once, when the runtime is up.</summary>
    public static SignalSet Changed => s_changed ??= ReadChanged();

    /// <summary>
    /// Returns when the signals are blocked in every thread. The first time it does not return but replaces the process, with the same
    /// arguments and environment. Call it before anything else: open descriptors that are not close-on-exec would be kept twice.
    /// </summary>
    public static Errno EnsureBlocked()
    {
        if (OfConcern.Bits == (Blocked.Bits & OfConcern.Bits) && IsBlockedEverywhere(Signo.SIGCHLD))
        {
            return Errno.None;
        }

        Block(OfConcern);
        return ReExecution.Run();
    }

    private static SignalSet ReadChanged() => Processes.ReadSmall("/proc/self/status") is { } status
        ? new SignalSet(Processes.SignalField(status, "SigIgn").Bits | Processes.SignalField(status, "SigCgt").Bits)
        : new SignalSet(ulong.MaxValue);

    private static SignalSet MakeOfConcern()
    {
        var set = SignalSet.Of(
            Signo.SIGHUP, Signo.SIGINT, Signo.SIGTERM, Signo.SIGUSR1, Signo.SIGUSR2, Signo.SIGCHLD, Signo.SIGPWR, Signo.SIGWINCH,
            Signo.SIGPIPE, Signo.SIGALRM, Signo.SIGTSTP, Signo.SIGTTIN, Signo.SIGTTOU, Signo.SIGCONT);
        for (var signo = Signo.SIGRTMIN + 1; signo <= Signo.SIGRTMAX; signo++)
        {
            set = set.With(signo);
        }

        return set;
    }
}
