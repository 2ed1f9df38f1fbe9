using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>
/// Addresses that have their first bits in common. IPv4 addresses are those of IPv6 that stand for them, so that a client is the same whichever
/// kind of socket he came to.
/// </summary>
internal readonly record struct AddressRange
{
    private const int Bits = 128;
    private const int MappedBits = 96;

    private readonly UInt128 _first;
    private readonly int _length;

    private AddressRange(UInt128 address, int length)
    {
        _length = length;
        _first = address & Mask(length);
    }

    public static AddressRange Of(IPAddress address, int length) => IsV4(address)
        ? new AddressRange(Number(address), MappedBits + length)
        : new AddressRange(Number(address), length);

    public static AddressRange Of(IPAddress address) => Of(address, IsV4(address) ? Bits - MappedBits : Bits);

    /// <summary>ADDRESS, or ADDRESS/BITS.</summary>
    public static bool TryParse(string text, out AddressRange range)
    {
        range = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!HostNames.TryAddress(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        var most = IsV4(address) ? Bits - MappedBits : Bits;
        if (slash < 0)
        {
            range = Of(address);
            return true;
        }

        if (!Numbers.TryDecimal(text.AsSpan(slash + 1), out var length) || length > most)
        {
            return false;
        }

        range = Of(address, (int)length);
        return true;
    }

    public bool Contains(IPAddress address) => (Number(address) & Mask(_length)) == _first;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, _first);
        var address = new IPAddress(bytes);
        return _length >= MappedBits && address.IsIPv4MappedToIPv6
            ? string.Create(CultureInfo.InvariantCulture, $"{address.MapToIPv4()}/{_length - MappedBits}")
            : string.Create(CultureInfo.InvariantCulture, $"{address}/{_length}");
    }

    private static bool IsV4(IPAddress address) => address.GetAddressBytes().Length == 4;

    private static UInt128 Number(IPAddress address) => BinaryPrimitives.ReadUInt128BigEndian(address.MapToIPv6().GetAddressBytes());

    private static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (Bits - length);
}
