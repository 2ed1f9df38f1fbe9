using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>What a descriptor is, as the kernel tells.</summary>
internal static unsafe class DescriptorKind
{
    private const int AddressSize = 128;          // struct sockaddr_storage
    private const int InternetAddressSize = 16;   // struct sockaddr_in, the smaller one
    private const long MessageQueueFileSystem = 0x19800202;

    public static bool IsSocket(int fd, AddressFamily? family, SocketType? type, bool? listening) =>
        Option(fd, SO_TYPE) is { } actual
        && (type is null || actual == Native(type.Value))
        && (family is null || Option(fd, SO_DOMAIN) == Native(family.Value))
        && (listening is null || Option(fd, SO_ACCEPTCONN) is { } accepts && accepts != 0 == listening);

    public static bool IsInternetSocket(int fd, AddressFamily? family, SocketType? type, bool? listening, int port)
    {
        Span<byte> address = stackalloc byte[AddressSize];
        return IsSocket(fd, family, type, listening)
            && Option(fd, SO_DOMAIN) is AF_INET or AF_INET6
            && (port == 0 || (LocalAddress(fd, address) >= 4 && BinaryPrimitives.ReadUInt16BigEndian(address[2..]) == port));
    }

    public static bool IsBoundTo(int fd, IPEndPoint point, SocketType? type, bool? listening)
    {
        Span<byte> address = stackalloc byte[AddressSize];
        if (!IsInternetSocket(fd, point.AddressFamily, type, listening, point.Port) || LocalAddress(fd, address) < InternetAddressSize)
        {
            return false;
        }

        // struct sockaddr_in and sockaddr_in6, ip(7) and ipv6(7): the address is at 4, or behind the flow label at 8, and then the scope.
        return point.AddressFamily == AddressFamily.InterNetwork
            ? point.Address.Equals(new IPAddress(address.Slice(4, 4)))
            : point.Address.Equals(new IPAddress(address.Slice(8, 16), point.Address.ScopeId == 0 ? 0 : MemoryMarshal.Read<uint>(address[24..])));
    }

    public static bool IsUnixSocket(int fd, SocketType? type, bool? listening, string? path)
    {
        if (!IsSocket(fd, AddressFamily.Unix, type, listening))
        {
            return false;
        }

        Span<byte> address = stackalloc byte[AddressSize];
        int length = LocalAddress(fd, address);
        return path is null || (length >= sizeof(ushort) && UnixName(address[sizeof(ushort)..length]) == path);
    }

    public static bool IsFifo(int fd, string? path) =>
        FileStatus.TryGet(fd, out var status) && status.IsFifo
        && (path is null || (FileStatus.TryGet(path, followLinks: true, out var named) && named.IsSameFile(status)));

    /// <summary>A device of characters or a plain file; /dev/full is the same device under whatever name.</summary>
    public static bool IsSpecial(int fd, string? path) =>
        FileStatus.TryGet(fd, out var status) && (status.IsRegular || status.IsCharacterDevice)
        && (path is null || (FileStatus.TryGet(path, followLinks: true, out var named)
            && (status.IsCharacterDevice ? named.IsCharacterDevice && named.SpecialDevice == status.SpecialDevice : named.IsSameFile(status))));

    /// <summary>On Linux a queue is a file of a file system of its own, mounted on /dev/mqueue/; see mq_overview(7).</summary>
    public static bool IsMessageQueue(int fd, string? name)
    {
        FileSystemStatus fileSystem;
        return Libc.fstatfs(fd, &fileSystem) == 0 && fileSystem.Type == MessageQueueFileSystem
            && (name is null || (FileStatus.TryGet("/dev/mqueue" + name, followLinks: false, out var named)
                && FileStatus.TryGet(fd, out var status) && named.IsSameFile(status)));
    }

    /// <summary>An integer option of SOL_SOCKET; null if there is none, as for what is no socket.</summary>
    public static int? Option(int fd, int option)
    {
        int value;
        uint length = sizeof(int);
        return Libc.getsockopt(fd, SOL_SOCKET, option, &value, &length) == 0 ? value : null;
    }

    private static int LocalAddress(int fd, Span<byte> address)
    {
        uint length = AddressSize;
        fixed (byte* start = address)
        {
            return Libc.getsockname(fd, start, &length) == 0 ? (int)Math.Min(length, AddressSize) : -1;
        }
    }

    /// <summary>A path ends at its zero byte if it has one; an abstract name begins with it and may hold more of them.</summary>
    private static string UnixName(ReadOnlySpan<byte> path)
    {
        if (path.Length == 0)
        {
            return "";
        }

        if (path[0] == 0)
        {
            return "@" + Encoding.UTF8.GetString(path[1..]);
        }

        int end = path.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? path : path[..end]);
    }

    private static int Native(AddressFamily family) => family switch
    {
        AddressFamily.Unspecified => AF_UNSPEC,
        AddressFamily.Unix => AF_UNIX,
        AddressFamily.InterNetwork => AF_INET,
        AddressFamily.InterNetworkV6 => AF_INET6,
        _ => -1,
    };

    private static int Native(SocketType type) => type switch
    {
        SocketType.Stream => SOCK_STREAM,
        SocketType.Dgram => SOCK_DGRAM,
        SocketType.Raw => SOCK_RAW,
        SocketType.Seqpacket => SOCK_SEQPACKET,
        _ => -1,
    };
}
