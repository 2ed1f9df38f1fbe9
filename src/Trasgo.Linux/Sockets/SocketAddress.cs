using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// An address of any family, as the kernel takes and gives it: a value, so that accepting a connection allocates nothing. What a family
/// does not have reads as zero or empty.
/// </summary>
internal struct SocketAddress
{
    /// <summary>struct sockaddr_storage.</summary>
    public const int MaximumLength = 128;

    private Storage _bytes;

    public uint Length { get; private set; }

    public readonly AddressFamily Family => Length < sizeof(ushort) ? AddressFamily.Unspecified : (AddressFamily)MemoryMarshal.Read<ushort>(Bytes);

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Bytes => ((ReadOnlySpan<byte>)_bytes)[..(int)Math.Min(Length, MaximumLength)];

    /// <summary>The port of IPv4 and IPv6, in host order, and of vsock.</summary>
    public readonly uint Port => Family switch
    {
        AddressFamily.Internet or AddressFamily.Internet6 => BinaryPrimitives.ReadUInt16BigEndian(Bytes[2..]),
        AddressFamily.Vsock => MemoryMarshal.Read<uint>(Bytes[4..]),
        _ => 0,
    };

    /// <summary>The context id of vsock(7).</summary>
    public readonly uint Cid => Family == AddressFamily.Vsock ? MemoryMarshal.Read<uint>(Bytes[8..]) : 0;

    /// <summary>The interface of a link-local IPv6 address.</summary>
    public readonly uint ScopeId => Family == AddressFamily.Internet6 ? MemoryMarshal.Read<uint>(Bytes[24..]) : 0;

    /// <summary>The 4 or 16 bytes of an IP address, without the port.</summary>
    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Host => Family switch
    {
        AddressFamily.Internet => Bytes.Slice(4, 4),
        AddressFamily.Internet6 => Bytes.Slice(8, 16),
        _ => [],
    };

    /// <summary>::ffff:a.b.c.d: an IPv4 peer of a socket that is bound to both.</summary>
    public readonly bool IsMapped4 => Family == AddressFamily.Internet6 && Host[..12].SequenceEqual((ReadOnlySpan<byte>)[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);

    public static SocketAddress Internet(IPAddress host, ushort port, uint scope = 0)
    {
        var address = default(SocketAddress);
        Span<byte> bytes = address._bytes;
        Span<byte> number = stackalloc byte[16];
        _ = host.TryWriteBytes(number, out var size);
        var isVersion6 = size == 16;
        MemoryMarshal.Write(bytes, (ushort)(isVersion6 ? AddressFamily.Internet6 : AddressFamily.Internet));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], port);
        number[..size].CopyTo(isVersion6 ? bytes[8..] : bytes[4..]);
        if (isVersion6)
        {
            MemoryMarshal.Write(bytes[24..], scope);
        }

        address.Length = (uint)(isVersion6 ? Unsafe.SizeOf<Internet6Address>() : Unsafe.SizeOf<InternetAddress>());
        return address;
    }

    public static SocketAddress Vsock(uint cid, uint port) =>
        Of(new VsockAddress { Family = (ushort)AddressFamily.Vsock, Cid = cid, Port = port });

    public static SocketAddress Netlink(uint groups) => Of(new NetlinkAddress { Family = (ushort)AddressFamily.Netlink, Groups = groups });

    /// <summary>A path, or a name of the abstract namespace behind "@"; null if there is no room for it.</summary>
    public static SocketAddress? Unix(string path)
    {
        var text = Utf8.Encode(path);
        var isAbstract = path.StartsWith('@');
        if (text.Length < 2 || text.Length > UnixAddress.PathSize - (isAbstract ? 0 : 1))
        {
            return null;
        }

        var address = default(SocketAddress);
        Span<byte> bytes = address._bytes;
        MemoryMarshal.Write(bytes, (ushort)AddressFamily.Unix);
        text.CopyTo(bytes[sizeof(ushort)..]);
        if (isAbstract)
        {
            bytes[sizeof(ushort)] = 0;
        }

        address.Length = (uint)(sizeof(ushort) + text.Length + (isAbstract ? 0 : 1));
        return address;
    }

    /// <summary>What a system call has written: as many bytes as it says, of which those beyond our room are not there.</summary>
    public static SocketAddress From(ReadOnlySpan<byte> written)
    {
        var address = default(SocketAddress);
        written = written[..Math.Min(written.Length, MaximumLength)];
        written.CopyTo(address._bytes);
        address.Length = (uint)written.Length;
        return address;
    }

    /// <summary>
    /// For people, and $REMOTE_ADDR: "10.0.0.1:80", "[::1]:80", "vsock:2:80", and without the port "10.0.0.1", "::1", "vsock:2". An IPv4
    /// address that came by IPv6 is shown as what it is. A scope is a number, as interfaces are renamed. Empty for other families.
    /// </summary>
    public readonly string ToText(bool withPort)
    {
        switch (Family)
        {
            case AddressFamily.Internet:
            case AddressFamily.Internet6 when IsMapped4:
                var host = HostText;
                return withPort ? string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}") : host;
            case AddressFamily.Internet6:
                var scope = ScopeId == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"%{ScopeId}");
                return withPort ? string.Create(CultureInfo.InvariantCulture, $"[{HostText}]:{Port}{scope}") : HostText + scope;
            case AddressFamily.Vsock:
                return string.Create(CultureInfo.InvariantCulture, $"vsock:{Cid}{(withPort ? $":{Port}" : "")}");
            default:
                return "";
        }
    }

    /// <summary>The IP address alone; of one that came by IPv6 but is IPv4, in that form.</summary>
    public readonly string HostText => Host is { IsEmpty: false } host ? new IPAddress(IsMapped4 ? host[12..] : host).ToString() : "";

    /// <summary>The IPv6 address as such, even if it stands for an IPv4 one.</summary>
    public readonly string PlainHostText => Host is { IsEmpty: false } host ? new IPAddress(host).ToString() : "";

    private static SocketAddress Of<T>(T value)
        where T : unmanaged
    {
        var address = default(SocketAddress);
        MemoryMarshal.Write(address._bytes, value);
        address.Length = (uint)Unsafe.SizeOf<T>();
        return address;
    }

    [InlineArray(MaximumLength)]
    private struct Storage
    {
        private byte _first;
    }
}
