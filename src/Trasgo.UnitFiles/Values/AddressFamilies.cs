namespace Trasgo.UnitFiles.Values;

/// <summary>The names of address families in socket(2), by number; a few numbers have gone out of use.</summary>
internal static class AddressFamilies
{
    private static readonly string[] s_names =
    [
        "AF_UNSPEC", "AF_UNIX", "AF_INET", "AF_AX25", "AF_IPX", "AF_APPLETALK", "AF_NETROM", "AF_BRIDGE", "AF_ATMPVC", "AF_X25",
        "AF_INET6", "AF_ROSE", "AF_DECnet", "AF_NETBEUI", "AF_SECURITY", "AF_KEY", "AF_NETLINK", "AF_PACKET", "AF_ASH",
        "AF_ECONET", "AF_ATMSVC", "AF_RDS", "AF_SNA", "AF_IRDA", "AF_PPPOX", "AF_WANPIPE", "AF_LLC", "AF_IB", "AF_MPLS",
        "AF_CAN", "AF_TIPC", "AF_BLUETOOTH", "AF_IUCV", "AF_RXRPC", "AF_ISDN", "AF_PHONET", "AF_IEEE802154", "AF_CAIF",
        "AF_ALG", "AF_NFC", "AF_VSOCK", "AF_KCM", "AF_QIPCRTR", "AF_SMC", "AF_XDP", "AF_MCTP",
    ];

    /// <summary>The name under which the family is shown; null for an unknown one.</summary>
    public static string? Canonical(string name)
    {
        var canonical = name switch { "AF_LOCAL" or "AF_FILE" => "AF_UNIX", "AF_ROUTE" => "AF_NETLINK", _ => name };
        return Array.IndexOf(s_names, canonical) > 0 ? canonical : null;
    }
}
