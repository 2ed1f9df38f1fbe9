namespace Trasgo.Linux;

/// <summary>Signals to whole groups.</summary>
internal sealed partial class ControlGroups
{
    /// <summary>More rounds than this mean a fork bomb that outruns us: the caller comes again, after its limit or by SIGKILL.</summary>
    private const int MaximumRounds = 32;

    /// <summary>
    /// Groups that were killed as a whole. Linux 6.14 and later take a process that is born into such a group by clone3 for one of those
    /// that were meant, however much later it comes: it compares the number of kills with that of the group of the parent. So processes
    /// have to enter these groups by a write.
    /// </summary>
    private readonly HashSet<string> _killed = new(StringComparer.Ordinal);

    /// <summary>
    /// Signals every process in the group and below except those to skip, again and again until no new one appears, since processes fork
    /// while they are being signalled. SIGKILL without exceptions is one write where the kernel has cgroup.kill, which no fork escapes.
    /// Returns the PIDs that were signalled.
    /// </summary>
    public List<int> Kill(string path, int signo, Func<int, bool>? skip = null, bool thenContinue = false)
    {
        if (!IsAvailable)
        {
            return [];
        }

        if (signo == Signo.SIGKILL && skip is null && CanKill)
        {
            var doomed = Pids(path);
            if (doomed.Count == 0)
            {
                return doomed;
            }

            if (SetAttribute(path, "cgroup.kill", "1") == Errno.None)
            {
                _killed.UnionWith(Descendants(path, MaximumDepth));
                return doomed;
            }
        }

        var signalled = new List<int>();
        var seen = new HashSet<int>();
        for (var round = 0; round < MaximumRounds && KillRound(path, signo, skip, thenContinue, seen, signalled); round++)
        {
        }

        return signalled;
    }

    private bool KillRound(string path, int signo, Func<int, bool>? skip, bool thenContinue, HashSet<int> seen, List<int> signalled)
    {
        var again = false;
        foreach (var pid in Pids(path))
        {
            if (!seen.Add(pid) || pid == ProcessControl.Pid || skip?.Invoke(pid) == true)
            {
                continue;
            }

            again = true;
            if (SignalMember(path, pid, signo, thenContinue))
            {
                signalled.Add(pid);
            }
        }

        return again;
    }

    /// <summary>The PID was read a moment ago and may be another process by now: it is held by a pidfd, and looked at again.</summary>
    private bool SignalMember(string path, int pid, int signo, bool thenContinue)
    {
        var opened = ProcessHandle.Open(pid);
        if (!opened.Ok)
        {
            return false;
        }

        using var process = opened.Value;
        if (!Holds(path, pid))
        {
            return false;
        }

        var done = process.Signal(signo, out _);
        if (done && thenContinue && signo is not (Signo.SIGKILL or Signo.SIGCONT))
        {
            process.Signal(Signo.SIGCONT, out _);
        }

        return done;
    }
}
