namespace Trasgo.UnitFiles.LoadPath;

internal enum UnitLinkKind
{
    /// <summary>The link is refused, or cannot be read.</summary>
    Invalid,

    /// <summary>Another name for a unit of the search path.</summary>
    Alias,

    /// <summary>A file from elsewhere, or a mask.</summary>
    Linked,
}
