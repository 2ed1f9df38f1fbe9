namespace Trasgo.Linux;

/// <summary>AF_*, those that a socket unit can listen on.</summary>
internal enum AddressFamily : ushort
{
    Unspecified = 0,
    Unix = 1,
    Internet = 2,
    Internet6 = 10,
    Netlink = 16,
    Vsock = 40,
}
