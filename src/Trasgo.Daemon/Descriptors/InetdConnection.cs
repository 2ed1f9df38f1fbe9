using System.Net;
using System.Net.Sockets;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>What a superserver hands over with descriptor 0, see <see cref="InetdConnection"/>.</summary>
public enum InetdKind
{
    /// <summary>One accepted connection: <c>stream tcp nowait</c> in inetd.conf(5), or <c>Accept=yes</c> with <c>StandardInput=socket</c>. Serve it and end.</summary>
    Connection,

    /// <summary>A listening socket: <c>stream tcp wait</c>, or <c>Accept=no</c> with <c>StandardInput=socket</c>. Accept until there is nothing to do, then end.</summary>
    Listener,

    /// <summary>A socket for datagrams: <c>dgram udp wait</c>. Receive until there is nothing to do, then end.</summary>
    Datagram,
}

/// <summary>
/// A program that inetd(8), xinetd(8) or a socket unit with <c>StandardInput=socket</c> started: descriptor 0 is its socket. <see cref="Take"/> moves the socket away from the
/// standard streams, so that no message that somebody prints reaches the client.
/// </summary>
public sealed class InetdConnection : IDisposable
{
    private const int FirstOther = 3;

    private InetdConnection(Socket socket, InetdKind kind)
    {
        Socket = socket;
        Kind = kind;
    }

    /// <summary>Was this process started by a superserver: is descriptor 0 a socket?</summary>
    public static bool IsAvailable => DescriptorKind.IsSocket(0, null, null, null);

    /// <summary>What was handed over.</summary>
    public InetdKind Kind { get; }

    /// <summary>The socket. It is disposed with this object.</summary>
    public Socket Socket { get; }

    /// <summary>
    /// The client at the other end of a connection, as getpeername(2) tells: <see cref="IPEndPoint"/> for TCP, an IPv4 client of an IPv6 socket as an IPv4 address. Null for
    /// what is no connection, and if the client is gone already.
    /// </summary>
    public EndPoint? Peer => Kind == InetdKind.Connection ? PeerAddress.Of(Socket) : null;

    /// <summary>
    /// Takes the socket from descriptor 0. Those of the descriptors 0 to 2 that are the socket become <c>/dev/null</c>; standard error stays if the superserver
    /// made it something else, as systemd makes it the journal.
    /// </summary>
    /// <returns>The socket, now the caller's to dispose.</returns>
    /// <exception cref="DaemonException">Descriptor 0 is no socket: the program was not started by a superserver (ENOTSOCK, EBADF).</exception>
    public static InetdConnection Take()
    {
        if (DescriptorKind.Option(0, SO_TYPE) is not { } type)
        {
            throw DaemonException.Last("standard input is no connection from inetd");
        }

        var kind = type is not (SOCK_STREAM or SOCK_SEQPACKET) ? InetdKind.Datagram
            : DescriptorKind.Option(0, SO_ACCEPTCONN) is > 0 ? InetdKind.Listener
            : InetdKind.Connection;
        using var copy = DescriptorCalls.Duplicate(0, FirstOther);
        if (FileStatus.TryGet(0, out var socket))
        {
            NullDevice.ReplaceStandardStreams(socket);
        }

        var owner = new SafeSocketHandle(copy.DangerousGetHandle(), ownsHandle: true);
        copy.SetHandleAsInvalid();
        return new InetdConnection(new Socket(owner), kind);
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Socket.Dispose();
}
