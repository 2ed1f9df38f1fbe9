namespace Trasgo.Inetd;

/// <summary>The socket types that units can listen on.</summary>
internal enum SocketKind
{
    Stream,
    Datagram,
    SequentialPacket,
}
