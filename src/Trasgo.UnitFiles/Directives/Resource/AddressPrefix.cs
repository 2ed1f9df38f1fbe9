namespace Trasgo.UnitFiles.Directives;

/// <summary>One prefix of IPAddressAllow= or IPAddressDeny=; the address has 4 or 16 bytes.</summary>
internal readonly record struct AddressPrefix(byte[] Address, uint Length)
{
    public bool IsIPv6 => Address.Length == 16;
}
