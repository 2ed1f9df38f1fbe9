namespace Trasgo.Daemon;

/// <summary>A worker, as the master sees it.</summary>
internal sealed class PooledWorker(int processId, int index, PooledWorker? replaces)
{
    public int ProcessId { get; } = processId;

    public int Index { get; } = index;

    /// <summary>The one that is stopped when this one is ready.</summary>
    public PooledWorker? Replaces { get; set; } = replaces;

    public bool IsReady { get; set; }

    /// <summary>Signals that came before it was ready: it may have no handler for them yet, and would die of them.</summary>
    public List<int> PendingSignals { get; } = [];

    /// <summary>It has been told to end: its end is no surprise.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>When it is killed if it is still there; a value of <see cref="Environment.TickCount64"/>.</summary>
    public long KillAt { get; set; } = long.MaxValue;
}
