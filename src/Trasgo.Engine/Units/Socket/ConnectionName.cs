using System.Globalization;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// The instance that serves a connection: a number, and who talks to whom: "3-10.0.0.1:80-10.0.0.2:4444" over IP, "3-1234-1000" with PID and
/// user id over Unix sockets, where peers have no addresses.
/// </summary>
internal static class ConnectionName
{
    /// <summary>ENOTCONN and its like if the peer has gone again.</summary>
    public static Result<string> Of(Descriptor connection, in SocketAddress peer, uint number)
    {
        switch (peer.Family)
        {
            case AddressFamily.Unix:
                return OfUnix(connection, number);
            case AddressFamily.Internet or AddressFamily.Internet6 or AddressFamily.Vsock:
                break;
            default:
                return Errno.EAFNOSUPPORT;
        }

        var local = ListenSocket.LocalAddress(connection);
        if (!local.Ok)
        {
            return local.Error;
        }

        var own = local.Value;
        if (peer.Family == AddressFamily.Vsock)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{number}-{own.Cid}:{own.Port}-{peer.Cid}:{peer.Port}");
        }

        var isMapped = own.IsMapped4 && peer.IsMapped4;
        var here = isMapped ? own.HostText : own.PlainHostText;
        var there = isMapped ? peer.HostText : peer.PlainHostText;
        return string.Create(CultureInfo.InvariantCulture, $"{number}-{here}:{own.Port}-{there}:{peer.Port}");
    }

    /// <summary>For people, behind the description of the instance. Who is at the other end of a unix socket only the connection tells.</summary>
    public static string PeerText(Descriptor? connection, in SocketAddress peer) =>
        peer.Family == AddressFamily.Unix
            ? connection is not null && UnixSocket.Peer(connection) is { Ok: true, Value: var credentials }
                ? string.Create(CultureInfo.InvariantCulture, $"PID {credentials.Pid}/UID {credentials.Uid}")
                : ""
            : peer.ToText(withPort: true);

    /// <summary>A peer of another PID namespace has no number here.</summary>
    private static Result<string> OfUnix(Descriptor connection, uint number)
    {
        var peer = UnixSocket.Peer(connection);
        if (!peer.Ok)
        {
            return peer.Error;
        }

        return peer.Value.Pid > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{number}-{peer.Value.Pid}-{peer.Value.Uid}")
            : string.Create(CultureInfo.InvariantCulture, $"{number}-unknown");
    }
}
