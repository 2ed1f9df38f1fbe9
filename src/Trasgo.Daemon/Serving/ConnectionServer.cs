using System.Net.Sockets;

namespace Trasgo.Daemon;

/// <summary>
/// Serves connections in the ways of the literature (Stevens, UNIX Network Programming): one after another, one thread each, one child process each. For a master with workers
/// see <see cref="WorkerPool"/>.
/// </summary>
/// <remarks>
/// <para>Each method accepts from all its listeners until it is told to stop, lets what it serves end, and returns. The listeners stay the caller's; they do not block from then on.</para>
/// <para>A handler owns the calling thread; its connection is disposed when it returns. <see cref="SocketException"/> and <see cref="IOException"/> from it end its connection and go to
/// <see cref="ServeOptions.OnError"/>; any other exception is a bug and is not caught.</para>
/// </remarks>
public static partial class ConnectionServer
{
    private const int HandlerStackSize = 256 * 1024;

    /// <summary>Serves one connection after another, on the calling thread. While one is served the others wait.</summary>
    /// <param name="listeners">At least one listening socket.</param>
    /// <param name="serve">Serves a connection.</param>
    /// <param name="stop">Ends the server once the present connection has been served.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="DaemonException">A listener does not listen.</exception>
    public static void Iterative(IReadOnlyList<Socket> listeners, Action<Socket> serve, CancellationToken stop, ServeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serve);
        using var acceptor = new Acceptor(listeners, options?.OnError, stop);
        while (acceptor.Accept() is { } connection)
        {
            Serve(connection, serve, options?.OnError);
        }
    }

    /// <summary>Serves each connection on a thread of its own.</summary>
    /// <param name="listeners">At least one listening socket.</param>
    /// <param name="serve">Serves a connection; called on many threads at once, each with a stack of 256 kB.</param>
    /// <param name="stop">Ends the server: no more connections are accepted, and those that are served have <see cref="ServeOptions.DrainTimeout"/> to end.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="DaemonException">A listener does not listen.</exception>
    public static void Threaded(IReadOnlyList<Socket> listeners, Action<Socket> serve, CancellationToken stop, ServeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serve);
        options ??= new ServeOptions();
        var free = new ConnectionLimit(options.MostConnections);
        using var acceptor = new Acceptor(listeners, options.OnError, stop);
        while (free.Enter(stop) && acceptor.Accept() is { } connection)
        {
            var thread = new Thread(
                () =>
                {
                    Serve(connection, serve, options.OnError);
                    free.Leave();
                },
                HandlerStackSize)
            { IsBackground = true };
            thread.Start();
        }

        free.WaitUntilEmpty(options.DrainTimeout);
    }

    private static void Serve(Socket connection, Action<Socket> serve, Action<Exception>? onError)
    {
        try
        {
            using (connection)
            {
                serve(connection);
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            onError?.Invoke(e);
        }
    }
}
