using System.Globalization;
using System.Net;

namespace Trasgo.UnitFiles.Values;

/// <summary>The addresses of Listen*= lines, systemd.socket(5), in the form in which the bus shows them.</summary>
internal static class SocketAddresses
{
    /// <summary>sockaddr_un holds 108 bytes, of which a NUL takes one.</summary>
    private const int UnixMax = 107;

    /// <summary>NETLINK_* by their numbers; those in between are not in use.</summary>
    private static readonly string[] s_netlink =
    [
        "route", "", "", "firewall", "inet-diag", "nflog", "xfrm", "selinux", "iscsi", "audit", "fib-lookup", "connector", "netfilter",
        "ip6-fw", "dnrtmsg", "kobject-uevent", "generic", "", "scsitransport", "ecryptfs", "rdma",
    ];

    /// <summary>A path, "@name", a port, "address:port", "[address]:port" or "vsock:cid:port"; a bare port is of all addresses.</summary>
    public static bool TryParse(string text, out string address)
    {
        address = text;
        if (text.Length > 0 && text[0] is '/' or '@')
        {
            return text.Length > 1 && System.Text.Encoding.UTF8.GetByteCount(text) <= UnixMax && !text.Contains('\0', StringComparison.Ordinal);
        }

        if (text.StartsWith("vsock:", StringComparison.Ordinal))
        {
            return TryVsock(text["vsock:".Length..], out address);
        }

        if (Numbers.TryDecimal(text, out var port))
        {
            address = string.Create(CultureInfo.InvariantCulture, $"[::]:{port}");
            return port is > 0 and <= ushort.MaxValue;
        }

        return TryInternet(text, out address);
    }

    /// <summary>A family of netlink(7) and, if given, a mask of groups.</summary>
    public static bool TryNetlink(string text, out string address)
    {
        var words = text.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var group = 0U;
        address = text;
        if (words.Length is 0 or > 2 || NetlinkProtocol(words[0]) is not { } protocol || (words.Length == 2 && !Numbers.TryUInt32(words[1], out group)))
        {
            return false;
        }

        var name = protocol < s_netlink.Length && s_netlink[protocol].Length > 0 ? s_netlink[protocol] : words[0];
        address = string.Create(CultureInfo.InvariantCulture, $"{name} {group}");
        return true;
    }

    /// <summary>The number of a family of netlink(7), which may be given by its name or as what it is.</summary>
    public static int? NetlinkProtocol(string text)
    {
        var index = text.Length == 0 ? -1 : Array.IndexOf(s_netlink, text);
        return index >= 0 ? index : Numbers.TryInt32(text, out var number) && number >= 0 ? number : null;
    }

    /// <summary>Whether a normalised address is of the Unix family, in paths or in the abstract name space.</summary>
    public static bool IsUnix(string address) => address.Length > 0 && address[0] is '/' or '@';

    private static bool TryVsock(string text, out string address)
    {
        address = text;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var cid = uint.MaxValue;
        if (colon < 0 || !Numbers.TryUInt32(text[(colon + 1)..], out var port) || (colon > 0 && !Numbers.TryUInt32(text[..colon], out cid)))
        {
            return false;
        }

        address = cid == uint.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"vsock::{port}")
            : string.Create(CultureInfo.InvariantCulture, $"vsock:{cid}:{port}");
        return true;
    }

    private static bool TryInternet(string text, out string address)
    {
        address = text;
        var percent = text.IndexOf('%', StringComparison.Ordinal);
        var scope = percent < 0 ? "" : text[percent..];
        var rest = percent < 0 ? text : text[..percent];
        var colon = rest.LastIndexOf(':');
        if (colon < 1 || (percent >= 0 && !NameRules.IsInterface(scope[1..]) && !Numbers.TryUInt32(scope[1..], out _))
            || !Numbers.TryDecimal(rest.AsSpan(colon + 1), out var port) || port is 0 or > ushort.MaxValue)
        {
            return false;
        }

        var v6 = rest[0] == '[';
        if (v6 && rest[colon - 1] != ']')
        {
            return false;
        }

        var host = v6 ? rest[1..(colon - 1)] : rest[..colon];
        if (!IsPlain(host, v6) || !IPAddress.TryParse(host, out var parsed))
        {
            return false;
        }

        address = v6
            ? string.Create(CultureInfo.InvariantCulture, $"[{parsed}]:{port}{scope}")
            : string.Create(CultureInfo.InvariantCulture, $"{parsed}:{port}");
        return true;
    }

    /// <summary>The library reads "10.1" as an address too; inet_pton(3) does not.</summary>
    private static bool IsPlain(string host, bool v6) =>
        v6 ? host.Contains(':', StringComparison.Ordinal) && !host.AsSpan().ContainsAny('%', '[')
        : host.AsSpan().Count('.') == 3 && !host.AsSpan().ContainsAnyExcept("0123456789.");
}
