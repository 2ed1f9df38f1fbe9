namespace Trasgo.UnitFiles.LoadPath;

/// <summary>As much of a file system as it takes to follow links through it.</summary>
internal interface ILinkReader
{
    FileKind Stat(string path, bool followLinks, out FileStamp stamp);

    /// <summary>The text of a symlink; null if the path is none.</summary>
    string? ReadLink(string path);
}
