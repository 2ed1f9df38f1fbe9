namespace Trasgo.UnitFiles.LoadPath;

/// <summary>Why a file operation failed. The values are those of errno, so that one without a name here loses nothing.</summary>
internal enum FileError
{
    None = 0,
    NotPermitted = 1,
    NotFound = 2,
    Other = 5,
    Denied = 13,
    Exists = 17,
    NotDirectory = 20,
    IsDirectory = 21,
    InvalidPath = 22,
    TooLarge = 27,
    NoSpace = 28,
    ReadOnly = 30,
    NameTooLong = 36,
    NotEmpty = 39,
    TooManyLinks = 40,

    /// <summary>Neither a file nor a directory nor a link where a file is needed (EBADFD).</summary>
    WrongKind = 77,
}
