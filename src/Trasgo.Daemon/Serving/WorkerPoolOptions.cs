namespace Trasgo.Daemon;

/// <summary>How a <see cref="WorkerPool"/> treats its workers.</summary>
public sealed class WorkerPoolOptions
{
    /// <summary>The pause before a worker is replaced that ended before it was ready: one second by default. One that was ready is replaced at once.</summary>
    public TimeSpan RestartDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long workers may take to end once they have been told to, before they are killed: 30 seconds by default, <see cref="Timeout.InfiniteTimeSpan"/> for any time.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Told of a worker that has ended by itself, and of one that could not be started. Called on a thread of the pool. Null to ignore it.</summary>
    public Action<DaemonException>? OnError { get; init; }
}
