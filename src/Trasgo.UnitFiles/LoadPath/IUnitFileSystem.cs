namespace Trasgo.UnitFiles.LoadPath;

internal enum FileKind
{
    Missing,
    File,
    Directory,
    Symlink,

    /// <summary>A device node, /dev/null above all: what masks a unit.</summary>
    Device,

    /// <summary>A FIFO or a socket.</summary>
    Other,
}

/// <summary>What tells one version of a file from the next. The time is in microseconds since 1970; Missing is all zero.</summary>
internal readonly record struct FileStamp(ulong ModifiedUsec, long Size, ulong Inode, ulong Device)
{
    public static readonly FileStamp Missing;
}

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

/// <summary>
/// The only door from the unit language to files. Paths are absolute and are those the manager knows: an implementation
/// may put a root directory before each, and then resolves links inside it.
/// </summary>
internal interface IUnitFileSystem
{
    FileKind Stat(string path, bool followLinks, out FileStamp stamp);

    /// <summary>The names in a directory, "." and ".." left out, in no order; empty if it cannot be read.</summary>
    string[] List(string directory);

    /// <summary>The text of a symlink; null if the path is none.</summary>
    string? ReadLink(string path);

    /// <summary>The whole of a regular file; null and an error if it cannot be read or is longer than the limit.</summary>
    byte[]? Read(string path, int limit, out FileError error);

    /// <summary>
    /// The path with every link on the way resolved; null if it or a link's target is missing, or links run in a ring.
    /// </summary>
    string? RealPath(string path);

    /// <summary>Creates a link. With <paramref name="replace"/> an existing link or file gives way in one step.</summary>
    FileError WriteSymlink(string target, string path, bool replace = false);

    FileError Remove(string path);

    /// <summary>Creates the directory and those above it, mode 0755.</summary>
    FileError MakeDirectories(string path);

    /// <summary>The file has its old or its new contents at any moment, also after a power cut.</summary>
    FileError WriteAtomically(string path, ReadOnlySpan<byte> contents);

    FileError RemoveDirectoryIfEmpty(string path);
}
