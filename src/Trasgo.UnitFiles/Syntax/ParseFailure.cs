namespace Trasgo.UnitFiles.Syntax;

/// <summary>Why the rest of a file was not read. systemd refuses the whole unit then (LoadState=error).</summary>
internal enum ParseFailure
{
    None,

    /// <summary>A section header without its end or with forbidden characters (EBADMSG).</summary>
    BadHeader,

    /// <summary>A line that is not UTF-8 (EINVAL).</summary>
    InvalidText,

    /// <summary>A line, continued or not, beyond the limit (ENOBUFS).</summary>
    LineTooLong,
}
