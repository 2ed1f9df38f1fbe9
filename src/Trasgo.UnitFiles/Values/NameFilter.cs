namespace Trasgo.UnitFiles.Values;

/// <summary>
/// Names that are allowed, or with "~" forbidden: SystemCallFilter=, RestrictAddressFamilies= and their kin. The first
/// assignment settles which of the two it is; later ones add or, with the opposite sign, take away.
/// </summary>
internal sealed class NameFilter
{
    private SortedDictionary<string, string>? _names;

    public bool IsAllowList { get; set; }

    /// <summary>Whether anything was assigned: an allow list of nothing differs from no list.</summary>
    public bool IsSet { get; set; }

    /// <summary>Sorted by byte value, as the bus shows them. The value is what stands behind a colon, if anything.</summary>
    public SortedDictionary<string, string> Names => _names ??= new(StringComparer.Ordinal);

    /// <summary>Without making the dictionary of an unset list.</summary>
    public int Count => _names?.Count ?? 0;

    public void Clear()
    {
        IsAllowList = false;
        IsSet = false;
        _names = null;
    }
}
