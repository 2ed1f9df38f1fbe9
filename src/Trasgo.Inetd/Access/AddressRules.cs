using System.Net;

namespace Trasgo.Inetd;

/// <summary>
/// Who may come, by only_from and no_access of xinetd.conf(5). An address in both lists may not: the manual page lets the better match decide,
/// but the program refuses, and of the two that is the safe reading.
/// </summary>
internal sealed record AddressRules(IReadOnlyList<AddressRange>? OnlyFrom, IReadOnlyList<AddressRange> NoAccess)
{
    public static readonly AddressRules Everybody = new(null, []);

    public bool Allows(IPAddress address) =>
        !NoAccess.Any(range => range.Contains(address)) && (OnlyFrom is null || OnlyFrom.Any(range => range.Contains(address)));

    /// <summary>A list with commas, as our own commands have it.</summary>
    public static bool TryParse(string text, out List<AddressRange> ranges)
    {
        ranges = [];
        foreach (var word in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!AddressRange.TryParse(word, out var range))
            {
                return false;
            }

            ranges.Add(range);
        }

        return true;
    }
}
