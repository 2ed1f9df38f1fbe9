using System.Net;
using System.Net.Sockets;

namespace Trasgo.Daemon;

/// <summary>Who is at the other end of a connection.</summary>
internal static class PeerAddress
{
    /// <summary>Null if the client is gone, or the address is of a family that .NET does not know.</summary>
    public static EndPoint? Of(Socket socket)
    {
        try
        {
            return socket.RemoteEndPoint is IPEndPoint { Address.IsIPv4MappedToIPv6: true } mapped
                ? new IPEndPoint(mapped.Address.MapToIPv4(), mapped.Port)
                : socket.RemoteEndPoint;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
