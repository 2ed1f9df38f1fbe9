using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Hosting;

namespace Trasgo.Daemon.Extensions;

/// <summary>
/// The end of a server whose sockets others have too. Kestrel by itself stops accepting and at once closes connections that have not said anything yet; but the client of
/// one that was accepted a moment ago is about to. So at first nothing more is accepted - the kernel's queue is for the next process -, then every accepted
/// connection may make its first request, for two seconds at most, and only then Kestrel is stopped, which finishes the requests that are running.
/// </summary>
internal sealed class ConnectionDrain : IHostedLifecycleService
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private static readonly object s_key = new();

    private readonly Lock _lock = new();
    private readonly HashSet<ConnectionContext> _silent = [];
    private readonly List<IConnectionListener> _listeners = [];
    private readonly TaskCompletionSource _allHaveSpoken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the server is about to stop, and answers should close their connections.</summary>
    public bool IsDraining { get; private set; }

    public void Add(IConnectionListener listener)
    {
        lock (_lock)
        {
            _listeners.Add(listener);
        }
    }

    public void OnAccepted(ConnectionContext connection)
    {
        connection.Items[s_key] = connection;
        lock (_lock)
        {
            _silent.Add(connection);
        }

        connection.ConnectionClosed.UnsafeRegister(static state => ((Entry)state!).Forget(), new Entry(this, connection));
    }

    /// <summary>The connection has made its first request: Kestrel will answer it, whatever happens.</summary>
    public void OnRequest(IDictionary<object, object?>? items)
    {
        if (items is not null && items.Remove(s_key, out object? connection))
        {
            Forget((ConnectionContext)connection!);
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        IConnectionListener[] listeners;
        lock (_lock)
        {
            IsDraining = true;
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
        }

        lock (_lock)
        {
            if (_silent.Count == 0)
            {
                return;
            }
        }

        await Task.WhenAny(_allHaveSpoken.Task, Task.Delay(s_patience, cancellationToken)).ConfigureAwait(false);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Forget(ConnectionContext connection)
    {
        lock (_lock)
        {
            if (_silent.Remove(connection) && _silent.Count == 0 && IsDraining)
            {
                _allHaveSpoken.TrySetResult();
            }
        }
    }

    private sealed record Entry(ConnectionDrain Drain, ConnectionContext Connection)
    {
        public void Forget() => Drain.Forget(Connection);
    }
}
