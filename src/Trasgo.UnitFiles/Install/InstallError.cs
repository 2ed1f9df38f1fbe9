namespace Trasgo.UnitFiles.Install;

/// <summary>
/// Why a unit file operation failed. The values are the errnos that systemd gives these meanings to, so that whatever the
/// file system says passes through unchanged.
/// </summary>
internal enum InstallError
{
    None = 0,
    Missing = 2,

    /// <summary>There is no such directory in this scope, as without $XDG_RUNTIME_DIR.</summary>
    NoDirectory = 6,

    /// <summary>Also= leads to ever more units.</summary>
    TooMany = 7,
    Denied = 13,
    Exists = 17,

    /// <summary>An alias does not fit its unit.</summary>
    BadReference = 18,
    NotDirectory = 20,
    IsDirectory = 21,
    Invalid = 22,
    NotFile = 25,

    /// <summary>The file to link is below a unit directory.</summary>
    InHierarchy = 26,
    NameTooLong = 36,

    /// <summary>The operation would go through an alias or a linked file.</summary>
    Linked = 40,

    /// <summary>A template without an instance is to be wanted by a unit that has none to give.</summary>
    NotTemplate = 43,

    /// <summary>A specifier speaks of a file that the host lacks.</summary>
    UnknownHost = 49,
    BadSpecifier = 57,

    /// <summary>An alias leads to a unit that is not there.</summary>
    Dangling = 67,
    BadFile = 74,
    WrongKind = 77,

    /// <summary>The unit is transient or made by a generator.</summary>
    Generated = 99,
    LineTooLong = 105,
    BadName = 117,
    Masked = 132,
}
