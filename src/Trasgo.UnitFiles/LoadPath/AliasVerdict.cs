namespace Trasgo.UnitFiles.LoadPath;

internal enum AliasVerdict
{
    Valid,

    /// <summary>The link's own name or type allows no alias (EINVAL).</summary>
    BadSource,

    /// <summary>The target does not fit the link (EXDEV).</summary>
    BadTarget,

    /// <summary>The link names itself (ELOOP).</summary>
    Self,

    /// <summary>The link cannot be read or leads through a ring.</summary>
    Unreadable,
}
