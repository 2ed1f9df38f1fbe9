namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// The only door from the unit language to files. Paths are absolute and are those the manager knows: an implementation
/// may put a root directory before each, and then resolves links inside it.
/// </summary>
internal interface IUnitFileSystem : ILinkReader
{
    /// <summary>The names in a directory, "." and ".." left out, in no order; empty if it cannot be read.</summary>
    string[] List(string directory);

    /// <summary>As List, with the kind of each entry; a symlink is one, whatever it points to.</summary>
    FileEntry[] Entries(string directory);

    /// <summary>The whole of a regular file; null and an error if it cannot be read or is longer than the limit.</summary>
    byte[]? Read(string path, int limit, out FileError error);

    /// <summary>Creates a link. With <paramref name="replace"/> an existing link or file gives way in one step.</summary>
    FileError WriteSymlink(string target, string path, bool replace = false);

    FileError Remove(string path);

    /// <summary>Creates the directory and those above it, mode 0755.</summary>
    FileError MakeDirectories(string path);

    /// <summary>The file has its old or its new contents at any moment, also after a power cut.</summary>
    FileError WriteAtomically(string path, ReadOnlySpan<byte> contents);

    FileError RemoveDirectoryIfEmpty(string path);
}
