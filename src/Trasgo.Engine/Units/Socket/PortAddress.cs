using System.Globalization;
using System.Net;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;
using SocketAddress = Trasgo.Linux.SocketAddress;

namespace Trasgo.Engine.Units;

/// <summary>
/// What a Listen*= line of a socket means to the kernel. The text of the line has been checked when it was read; only what depends on the machine,
/// the number of a named interface, can still fail.
/// </summary>
internal readonly record struct PortAddress(SocketAddress Address, SocketType Type, int Protocol)
{
    private const int ProtocolSctp = 132;

    /// <summary>Connections come in here, one by one (Accept=yes).</summary>
    public static bool CanAccept(SocketPort port) =>
        port.Type == SocketPortType.Socket && TypeOf(port.Directive) is SocketType.Stream or SocketType.SequentialPacket;

    /// <summary>The path that the line makes in the file system; null if it makes none.</summary>
    public static string? PathOf(SocketPort port) => port.Type switch
    {
        SocketPortType.Socket => port.Address.StartsWith('/') ? port.Address : null,
        SocketPortType.Fifo => port.Address,
        _ => null,
    };

    /// <summary>SocketProtocol= applies where the type of the socket has such a protocol.</summary>
    public static Result<PortAddress> Of(SocketPort port, int protocol)
    {
        var type = TypeOf(port.Directive);
        if (type == SocketType.Raw)
        {
            var words = port.Address.Split(' ');
            return SocketAddresses.NetlinkProtocol(words[0]) is { } family && Numbers.TryUInt32(words[^1], out var groups)
                ? new PortAddress(SocketAddress.Netlink(groups), type, family)
                : Errno.EINVAL;
        }

        var address = AddressOf(port.Address);
        if (!address.Ok)
        {
            return address.Error;
        }

        var fits = type == SocketType.Datagram ? protocol != ProtocolSctp : protocol == ProtocolSctp;
        return new PortAddress(address.Value, type, fits ? protocol : 0);
    }

    private static SocketType TypeOf(string directive) => directive switch
    {
        "ListenDatagram" => SocketType.Datagram,
        "ListenSequentialPacket" => SocketType.SequentialPacket,
        "ListenNetlink" => SocketType.Raw,
        _ => SocketType.Stream,
    };

    private static Result<SocketAddress> AddressOf(string text)
    {
        if (SocketAddresses.IsUnix(text))
        {
            return SocketAddress.Unix(text) is { } unix ? unix : Errno.ENAMETOOLONG;
        }

        if (text.StartsWith("vsock:", StringComparison.Ordinal))
        {
            var colon = text.LastIndexOf(':');
            var cid = uint.MaxValue;
            var isSound = Numbers.TryUInt32(text[(colon + 1)..], out var number) && (colon < 7 || Numbers.TryUInt32(text[6..colon], out cid));
            return isSound ? SocketAddress.Vsock(cid, number) : Errno.EINVAL;
        }

        var percent = text.IndexOf('%', StringComparison.Ordinal);
        var rest = percent < 0 ? text : text[..percent];
        var end = rest.LastIndexOf(':');
        if (end < 0 || !ushort.TryParse(rest.AsSpan(end + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || !IPAddress.TryParse(rest.AsSpan(0, end).Trim("[]"), out var host))
        {
            return Errno.EINVAL;
        }

        var scope = percent < 0 ? 0 : ScopeOf(text[(percent + 1)..]);
        return scope.Ok ? SocketAddress.Internet(host, port, scope.Value) : scope.Error;
    }

    private static Result<uint> ScopeOf(string text) => Numbers.TryUInt32(text, out var number) ? number : NetworkInterface.IndexOf(text);
}
