using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The process table at one moment, for those who have no control groups.</summary>
internal sealed class ProcessSnapshot
{
    private readonly Dictionary<int, ProcessStat> _stats = [];

    private ProcessSnapshot()
    {
    }

    public static ProcessSnapshot Take()
    {
        var snapshot = new ProcessSnapshot();
        foreach (var pid in Processes.All())
        {
            if (Processes.Stat(pid) is { } stat)
            {
                snapshot._stats[pid] = stat;
            }
        }

        return snapshot;
    }

    public ulong? StartTimeOf(int pid) => _stats.TryGetValue(pid, out var stat) ? stat.StartTime : null;

    /// <summary>The sessions that have a process, zombies included.</summary>
    public HashSet<int> Sessions()
    {
        var sessions = new HashSet<int>();
        foreach (var stat in _stats.Values)
        {
            sessions.Add(stat.Session);
        }

        return sessions;
    }

    /// <summary>
    /// The processes that descend from one of the roots, are in a session that one of them leads, or carry the invocation id;
    /// zombies do not count. Those that were handed over to somebody else, and what descends from them, are not among them.
    /// </summary>
    public List<int> Find(HashSet<int> roots, string invocationId, HashSet<int> strangers)
    {
        var self = Environment.ProcessId;
        var memo = new Dictionary<int, bool>();
        var found = new List<int>();
        foreach (var (pid, stat) in _stats)
        {
            if (pid != self && stat.State is not ('Z' or 'X') && Belongs(pid, roots, invocationId, strangers, self, memo))
            {
                found.Add(pid);
            }
        }

        return found;
    }

    private bool Belongs(int pid, HashSet<int> roots, string invocationId, HashSet<int> strangers, int self, Dictionary<int, bool> memo)
    {
        // Up the tree until somebody is known to belong or not; what was met on the way is the same. A parent may have gone while the
        // table was read, after its child was.
        var path = new List<int>();
        var belongs = false;
        var at = pid;
        while (at > 1 && at != self && !memo.TryGetValue(at, out belongs))
        {
            path.Add(at);
            var isStranger = strangers.Contains(at);
            belongs = !isStranger && roots.Contains(at);
            if (belongs || isStranger || !_stats.TryGetValue(at, out var stat))
            {
                break;
            }

            belongs = roots.Contains(stat.Session) || Carries(at, invocationId);
            if (belongs)
            {
                break;
            }

            at = stat.ParentPid;
        }

        foreach (var seen in path)
        {
            memo[seen] = belongs;
        }

        return belongs;
    }

    /// <summary>Only our own descendants can have got the variable from us, but a double fork may have hidden the descent.</summary>
    private static bool Carries(int pid, string invocationId) =>
        invocationId.Length > 0 && Processes.EnvironmentValue(pid, "INVOCATION_ID") == invocationId;
}
