using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// The processes that a unit started, and those that were once found to be its own, by number and time of start. Once its parent is
/// gone, a process with a session of its own is told from a stranger by nothing else: many write over their environment to change
/// their title.
/// </summary>
internal sealed class SeenProcesses
{
    /// <summary>Below this number it is not worth a look at who is gone.</summary>
    private const int PruneAt = 64;

    private readonly Dictionary<int, ulong> _started = [];
    private int _pruneAt = PruneAt;

    /// <summary>So many more are there than when it was last looked who is gone that it is time to look again.</summary>
    public bool IsCrowded => _started.Count >= _pruneAt;

    public void Add(int pid, ulong startTime) => _started[pid] = startTime;

    /// <summary>It is one of these, and not another process that got the number since.</summary>
    public bool Contains(int pid, ulong startTime) => _started.TryGetValue(pid, out var known) && known == startTime;

    public void Save(StateRecord record)
    {
        foreach (var (pid, startTime) in _started)
        {
            record.Add("seen", StateRecord.Text((ulong)pid), StateRecord.Text(startTime));
        }
    }

    public void Restore(StateRecord record)
    {
        foreach (var words in record.All("seen", 2))
        {
            if (StateRecord.TryNumber(words[1], out var startTime))
            {
                Add(StateRecord.Int(words[0]), startTime);
            }
        }
    }

    /// <summary>The session is led by one of these, or was: a session keeps its number as long as it has a process.</summary>
    public bool LeadsSession(int session) =>
        _started.TryGetValue(session, out var known) && (Processes.StartTime(session) is not { } now || now == known);

    /// <summary>The numbers that mean these processes in the snapshot: not those that went to others since.</summary>
    public HashSet<int> In(ProcessSnapshot snapshot)
    {
        var pids = new HashSet<int>();
        foreach (var (pid, known) in _started)
        {
            if (snapshot.StartTimeOf(pid) is not { } now || now == known)
            {
                pids.Add(pid);
            }
        }

        return pids;
    }

    /// <summary>Forgets who is gone, unless there still are processes in a session of his.</summary>
    public void Prune(ProcessSnapshot snapshot)
    {
        var sessions = snapshot.Sessions();
        foreach (var (pid, known) in _started)
        {
            var isReused = snapshot.StartTimeOf(pid) is { } now && now != known;
            if (isReused || (snapshot.StartTimeOf(pid) is null && !sessions.Contains(pid)))
            {
                _started.Remove(pid);
            }
        }

        _pruneAt = Math.Max(PruneAt, 2 * _started.Count);
    }
}
