using System.Net.Sockets;

namespace Trasgo.Daemon;

/// <summary>The iterative server of datagrams (Stevens, UNIX Network Programming): one datagram after another, from any number of sockets, on the calling thread.</summary>
public static class DatagramServer
{
    /// <summary>Calls a handler for each datagram that has come, until it is told to stop or nothing has come for a while.</summary>
    /// <param name="sockets">
    /// At least one socket for datagrams. They stay the caller's; they do not block from then on, since another process that has them may be faster.
    /// </param>
    /// <param name="receive">
    /// Receives one datagram from the socket and does with it what is to be done. <see cref="SocketException"/> from it loses the datagram and goes to <paramref name="onError"/>; any other
    /// exception is a bug and is not caught.
    /// </param>
    /// <param name="stop">Ends the server once the present datagram has been served.</param>
    /// <param name="idleTimeout">
    /// How long to wait for a datagram, up to 24 days: a server that inetd(8) or a socket unit started ends when it has nothing to do, and is started again by the next datagram. Null to wait for ever.
    /// </param>
    /// <param name="onError">Told what went wrong with a single datagram. Null to ignore it.</param>
    /// <exception cref="DaemonException">The sockets cannot be waited for.</exception>
    public static void Serve(
        IReadOnlyList<Socket> sockets, Action<Socket> receive, CancellationToken stop, TimeSpan? idleTimeout = null, Action<SocketException>? onError = null)
    {
        ArgumentNullException.ThrowIfNull(receive);
        using var waiter = new SocketWaiter(sockets, stop);
        foreach (var socket in sockets)
        {
            socket.Blocking = false;
        }

        while (waiter.Next(idleTimeout ?? Timeout.InfiniteTimeSpan) is { } socket)
        {
            try
            {
                receive(socket);
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.WouldBlock)
            {
                // Another process took it; or, in an answer, nobody takes it: datagrams may be lost.
            }
            catch (SocketException e)
            {
                onError?.Invoke(e);
            }
        }
    }
}
