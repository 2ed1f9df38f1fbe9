namespace Trasgo.UnitFiles.LoadPath;

internal enum FileError
{
    None,
    NotFound,
    NotDirectory,
    IsDirectory,
    Exists,
    NotEmpty,
    Denied,
    ReadOnly,
    NoSpace,
    TooManyLinks,
    TooLarge,
    InvalidPath,
    Other,
}
