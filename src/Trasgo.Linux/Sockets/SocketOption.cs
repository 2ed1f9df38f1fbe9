using System.Text;

namespace Trasgo.Linux;

/// <summary>
/// An option of socket(7), ip(7), ipv6(7), tcp(7), sctp(7) or netlink(7): level and number, which x86-64 and arm64 share, and its name for messages.
/// </summary>
internal readonly record struct SocketOption(int Level, int Number, string Name)
{
    public static readonly SocketOption ReuseAddress = new(Socket, 2, "SO_REUSEADDR");
    public static readonly SocketOption Broadcast = new(Socket, 6, "SO_BROADCAST");
    public static readonly SocketOption SendBuffer = new(Socket, 7, "SO_SNDBUF");
    public static readonly SocketOption ReceiveBuffer = new(Socket, 8, "SO_RCVBUF");
    public static readonly SocketOption KeepAlive = new(Socket, 9, "SO_KEEPALIVE");
    public static readonly SocketOption Priority = new(Socket, 12, "SO_PRIORITY");
    public static readonly SocketOption ReusePort = new(Socket, 15, "SO_REUSEPORT");
    public static readonly SocketOption PassCredentials = new(Socket, 16, "SO_PASSCRED");
    public static readonly SocketOption BindToDevice = new(Socket, 25, "SO_BINDTODEVICE");
    public static readonly SocketOption Timestamp = new(Socket, 29, "SO_TIMESTAMP");
    public static readonly SocketOption SendBufferForce = new(Socket, 32, "SO_SNDBUFFORCE");
    public static readonly SocketOption ReceiveBufferForce = new(Socket, 33, "SO_RCVBUFFORCE");
    public static readonly SocketOption PassSecurity = new(Socket, 34, "SO_PASSSEC");
    public static readonly SocketOption TimestampNanoseconds = new(Socket, 35, "SO_TIMESTAMPNS");
    public static readonly SocketOption Mark = new(Socket, 36, "SO_MARK");
    public static readonly SocketOption IpTos = new(Ip, 1, "IP_TOS");
    public static readonly SocketOption IpTtl = new(Ip, 2, "IP_TTL");
    public static readonly SocketOption IpPacketInfo = new(Ip, 8, "IP_PKTINFO");
    public static readonly SocketOption IpFreeBind = new(Ip, 15, "IP_FREEBIND");
    public static readonly SocketOption IpTransparent = new(Ip, 19, "IP_TRANSPARENT");
    public static readonly SocketOption Ip6Hops = new(Ip6, 16, "IPV6_UNICAST_HOPS");
    public static readonly SocketOption Ip6Only = new(Ip6, 26, "IPV6_V6ONLY");
    public static readonly SocketOption Ip6PacketInfo = new(Ip6, 49, "IPV6_RECVPKTINFO");
    public static readonly SocketOption Ip6Transparent = new(Ip6, 75, "IPV6_TRANSPARENT");
    public static readonly SocketOption Ip6FreeBind = new(Ip6, 78, "IPV6_FREEBIND");
    public static readonly SocketOption TcpNoDelay = new(Tcp, 1, "TCP_NODELAY");
    public static readonly SocketOption TcpKeepIdle = new(Tcp, 4, "TCP_KEEPIDLE");
    public static readonly SocketOption TcpKeepInterval = new(Tcp, 5, "TCP_KEEPINTVL");
    public static readonly SocketOption TcpKeepCount = new(Tcp, 6, "TCP_KEEPCNT");
    public static readonly SocketOption TcpDeferAccept = new(Tcp, 9, "TCP_DEFER_ACCEPT");
    public static readonly SocketOption TcpCongestion = new(Tcp, 13, "TCP_CONGESTION");
    public static readonly SocketOption SctpNoDelay = new(Sctp, 3, "SCTP_NODELAY");
    public static readonly SocketOption NetlinkPacketInfo = new(Netlink, 3, "NETLINK_PKTINFO");

    /// <summary>All of them, to be compared with the headers of C.</summary>
    public static IReadOnlyList<SocketOption> All { get; } =
    [
        ReuseAddress, Broadcast, SendBuffer, ReceiveBuffer, KeepAlive, Priority,
        ReusePort, PassCredentials, BindToDevice, Timestamp, SendBufferForce, ReceiveBufferForce,
        PassSecurity, TimestampNanoseconds, Mark, IpTos, IpTtl, IpPacketInfo,
        IpFreeBind, IpTransparent, Ip6Hops, Ip6Only, Ip6PacketInfo, Ip6Transparent,
        Ip6FreeBind, TcpNoDelay, TcpKeepIdle, TcpKeepInterval, TcpKeepCount, TcpDeferAccept,
        TcpCongestion, SctpNoDelay, NetlinkPacketInfo,
    ];

    private const int Ip = 0;
    private const int Socket = 1;
    private const int Tcp = 6;
    private const int Ip6 = 41;
    private const int Sctp = 132;
    private const int Netlink = 270;

    public unsafe Errno Set(Descriptor socket, int value) => LastError.Of(Libc.setsockopt(socket.Raw, Level, Number, &value, sizeof(int)));

    public unsafe Errno Set(Descriptor socket, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value + '\0');
        fixed (byte* start = bytes)
        {
            return LastError.Of(Libc.setsockopt(socket.Raw, Level, Number, start, (uint)bytes.Length));
        }
    }

    public unsafe Result<int> Get(Descriptor socket)
    {
        var value = 0;
        var size = (uint)sizeof(int);
        var error = LastError.Of(Libc.getsockopt(socket.Raw, Level, Number, &value, &size));
        return error == Errno.None ? value : error;
    }
}
