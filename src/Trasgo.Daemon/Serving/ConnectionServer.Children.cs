using System.Net.Sockets;

namespace Trasgo.Daemon;

public static partial class ConnectionServer
{
    private const string ConnectionVariable = "TRASGO_DAEMON_CONNECTION";
    private const int ChannelNumber = 3;
    private const int ConnectionNumber = 4;

    /// <summary>In a child of <see cref="Forking"/>, the connection it is there for; null in every other process. To be asked for at the beginning of the program.</summary>
    /// <returns>The connection, the first time; now the caller's to dispose.</returns>
    public static Socket? TakeConnection()
    {
        if (StageVariable.TakeFor(ConnectionVariable, ChannelNumber) is null || !DescriptorKind.IsSocket(ConnectionNumber, null, null, null))
        {
            return null;
        }

        // The other end of the channel is the server's, which learns by its closing that this process has ended.
        DescriptorCalls.SetCloseOnExec(ChannelNumber, on: true);
        DescriptorCalls.SetCloseOnExec(ConnectionNumber, on: true);
        return new Socket(new SafeSocketHandle(ConnectionNumber, ownsHandle: true));
    }

    /// <summary>
    /// Serves each connection in a child process of its own, the classic concurrent server. A child is this program started once more with the same arguments; it
    /// finds its connection with <see cref="TakeConnection"/>, serves it and ends.
    /// </summary>
    /// <param name="listeners">At least one listening socket.</param>
    /// <param name="stop">
    /// Ends the server: no more connections are accepted, and the children have <see cref="ServeOptions.DrainTimeout"/> to end before they are killed.
    /// </param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="DaemonException">A listener does not listen.</exception>
    public static void Forking(IReadOnlyList<Socket> listeners, CancellationToken stop, ServeOptions? options = null)
    {
        options ??= new ServeOptions();
        var free = new ConnectionLimit(options.MostConnections);
        using var children = new ChildSet((_, status) =>
        {
            if (status != 0)
            {
                options.OnError?.Invoke(new DaemonException($"a child ended with status {status}"));
            }

            free.Leave();
        });
        using var acceptor = new Acceptor(listeners, options.OnError, stop);
        while (free.Enter(stop) && acceptor.Accept() is { } connection)
        {
            try
            {
                using (connection)
                {
                    StartChild(children, connection);
                }
            }
            catch (DaemonException e)
            {
                options.OnError?.Invoke(e);
                free.Leave();
            }
        }

        if (!free.WaitUntilEmpty(options.DrainTimeout))
        {
            children.SignalAll(ChildSet.SIGKILL);
            free.WaitUntilEmpty(Timeout.InfiniteTimeSpan);
        }
    }

    private static void StartChild(ChildSet children, Socket connection)
    {
        var child = new ReExecution();
        child.Pass((int)connection.Handle, ConnectionNumber);
        children.Start(child, ConnectionVariable, "serve", ChannelNumber);
    }
}
