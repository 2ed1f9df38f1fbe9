using System.Net;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>The addresses of xinetd.conf(5)'s only_from and no_access.</summary>
internal static class XinetdAddresses
{
    private const int Components = 4;
    private const int BitsPerComponent = 8;

    /// <summary>
    /// An address, of which zeros on the right stand for anything; a factorised one, "10.1.{2,3}"; a range ADDRESS/BITS; a name of hosts(5).
    /// Null if it is none of these.
    /// </summary>
    public static List<AddressRange>? Parse(string word, HostNames hosts)
    {
        if (word.Contains('{', StringComparison.Ordinal))
        {
            return Factorised(word);
        }

        if (word.Contains('/', StringComparison.Ordinal))
        {
            return AddressRange.TryParse(word, out var range) ? [range] : null;
        }

        if (HostNames.TryAddress(word, out var address))
        {
            return [Plain(address)];
        }

        var known = hosts.Find(word);
        return known.Count > 0 ? [.. known.Select(AddressRange.Of)] : null;
    }

    private static AddressRange Plain(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        if (bytes.Length != Components)
        {
            return address.Equals(IPAddress.IPv6Any) ? AddressRange.Of(address, 0) : AddressRange.Of(address);
        }

        var used = Components;
        while (used > 0 && bytes[used - 1] == 0)
        {
            used--;
        }

        return AddressRange.Of(address, used * BitsPerComponent);
    }

    private static List<AddressRange>? Factorised(string word)
    {
        var open = word.IndexOf('{', StringComparison.Ordinal);
        if (!word.EndsWith('}') || open < 1 || word[open - 1] != '.')
        {
            return null;
        }

        var front = word[..(open - 1)].Split('.');
        var result = new List<AddressRange>();
        foreach (var last in word[(open + 1)..^1].Split(','))
        {
            string[] parts = [.. front, last];
            var bytes = new byte[Components];
            if (parts.Length > Components)
            {
                return null;
            }

            for (var at = 0; at < parts.Length; at++)
            {
                if (!Numbers.TryDecimal(parts[at], out var number) || number > byte.MaxValue)
                {
                    return null;
                }

                bytes[at] = (byte)number;
            }

            result.Add(Plain(new IPAddress(bytes)));
        }

        return result;
    }
}
