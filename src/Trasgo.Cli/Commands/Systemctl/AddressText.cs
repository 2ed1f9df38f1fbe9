using System.Globalization;
using System.Net;
using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Addresses and ports in the properties of IP filters.</summary>
internal static class AddressText
{
    private const int InternetFamily = 2;
    private const int InternetFamily6 = 10;

    /// <summary>(iayu) as address/prefix; null where the lengths do not fit the family.</summary>
    internal static string? Format(BusValue item)
    {
        var bytes = item[1].Bytes;
        var fits = (item[0].Signed, bytes.Length) is (InternetFamily, 4) or (InternetFamily6, 16);
        return fits && item[2].Unsigned <= (ulong)bytes.Length * 8 ? $"{new IPAddress(bytes)}/{item[2].Unsigned}" : null;
    }

    /// <summary>(iiqq) as family:protocol:ports.</summary>
    internal static string FormatBind(BusValue item)
    {
        var family = item[0].Signed switch
        {
            InternetFamily => "ipv4:",
            InternetFamily6 => "ipv6:",
            _ => "",
        };
        var protocol = item[1].Signed switch
        {
            6 => "tcp",
            17 => "udp",
            _ => "",
        };
        var (count, first) = (item[2].Unsigned, item[3].Unsigned);
        var ports = count switch
        {
            0 => "any",
            1 => first.ToString(CultureInfo.InvariantCulture),
            _ => $"{first}-{first + count - 1}",
        };
        return family + protocol + ports;
    }
}
