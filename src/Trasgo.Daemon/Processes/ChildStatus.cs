namespace Trasgo.Daemon;

/// <summary>How a child ended.</summary>
internal static unsafe class ChildStatus
{
    /// <summary>Waits for it: its exit status, or 128 and the number of the signal that ended it, as shells say it.</summary>
    public static int Wait(int processId)
    {
        int status, result;
        do
        {
            result = Libc.waitpid(processId, &status, 0);
        }
        while (result < 0 && Errno.Last == Errno.EINTR);

        // Somebody else in this process waited for it: how it ended is theirs to know.
        return result < 0 ? 0 : (status & 0x7f) == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f);
    }

    /// <summary>
    /// As <see cref="Wait"/>, and calls <paramref name="forget"/> when the child has ended and its number is still its own.
    /// </summary>
    public static int WaitFor(int processId, Action<int> forget)
    {
        const int P_PID = 1, WEXITED = 4, WNOWAIT = 0x1000000;
        byte* information = stackalloc byte[128];   // siginfo_t
        int result;
        do
        {
            result = Libc.waitid(P_PID, processId, information, WEXITED | WNOWAIT);
        }
        while (result < 0 && Errno.Last == Errno.EINTR);
        forget(processId);
        return Wait(processId);
    }
}
