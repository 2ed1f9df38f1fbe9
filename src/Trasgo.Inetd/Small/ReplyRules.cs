using System.Net;
using System.Net.Sockets;

namespace Trasgo.Inetd;

/// <summary>
/// Which datagrams are answered. Whoever forges a sender's address could make two servers answer each other for ever, or many of them
/// answer one victim: so no answer goes to a port where a server may be, to our own, or to an address that is not one host's.
/// </summary>
internal static class ReplyRules
{
    private const int Reserved = 1024;
    private const int Nfs = 2049;

    // 0.0.0.0/8, "this network", and 240.0.0.0/4 with the broadcast address.
    private const byte ThisNetwork = 0;
    private const byte FirstReserved = 240;

    public static bool MayAnswer(IPAddress sender, int port, int ownPort)
    {
        if (port is < Reserved or Nfs || port == ownPort)
        {
            return false;
        }

        var address = sender.IsIPv4MappedToIPv6 ? sender.MapToIPv4() : sender;
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
        }

        // 224.0.0.0/4 is below 240, and multicast. The broadcast addresses of our networks are the kernel's to refuse: SO_BROADCAST is not set.
        var first = address.GetAddressBytes()[0];
        return first != ThisNetwork && first < FirstReserved && first is < 224 or > 239;
    }
}
