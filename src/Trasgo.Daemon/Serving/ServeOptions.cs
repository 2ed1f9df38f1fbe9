namespace Trasgo.Daemon;

/// <summary>The limits of a <see cref="ConnectionServer"/>.</summary>
public sealed class ServeOptions
{
    /// <summary>How many connections are served at once, from 1 on; the next ones wait in the kernel's queue. 1000 by default. An iterative server serves one.</summary>
    public int MostConnections { get; init; } = 1000;

    /// <summary>
    /// How long connections that are being served may take once the server has been told to stop: 30 seconds by default, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it
    /// takes. After that threads are left behind, and children are killed.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Told what went wrong with a single connection - a client that went away, a moment without descriptors, a child that failed - after which the server goes on. May be called on
    /// any thread. Null to ignore it.
    /// </summary>
    public Action<Exception>? OnError { get; init; }
}
