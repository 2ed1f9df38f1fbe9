using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Files;

/// <summary>Single operations on host paths, in the unit language's terms.</summary>
internal static class HostFiles
{
    public static FileKind Stat(string path, bool followLinks, out FileStamp stamp)
    {
        stamp = default;
        var result = FileSystem.Status(path, followLinks);
        if (!result.Ok)
        {
            return FileKind.Missing;
        }

        var status = result.Value;
        stamp = new FileStamp(status.ModifiedUsec, (long)status.Size, status.Inode, status.Device);
        return status switch
        {
            { IsRegular: true } => FileKind.File,
            { IsDirectory: true } => FileKind.Directory,
            { IsSymlink: true } => FileKind.Symlink,
            { IsCharacterDevice: true } => FileKind.Device,
            _ => FileKind.Other,
        };
    }

    /// <summary>Beside the file, hidden from every reader of unit directories by its dot.</summary>
    public static string TemporaryName(string path) =>
        PathText.Join(PathText.Directory(path), $".#{PathText.FileName(path)}{Convert.ToHexString(Guid.NewGuid().ToByteArray(), 0, 8)}");

    public static FileError WriteAtomically(string path, ReadOnlySpan<byte> contents)
    {
        var temporary = TemporaryName(path);
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                file.Write(contents);
                file.Flush(flushToDisk: true);
            }

            var error = FileSystem.ChangeMode(temporary, 0x1A4); // 0644
            error = error == Errno.None ? FileSystem.Rename(temporary, path) : error;
            if (error != Errno.None)
            {
                FileSystem.Remove(temporary);
            }

            return (FileError)error;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FileSystem.Remove(temporary);
            return e switch
            {
                UnauthorizedAccessException => FileError.Denied,
                DirectoryNotFoundException => FileError.NotFound,
                // .NET puts the errno into the low bits of what it calls HResult where it has no class of its own.
                _ => e.HResult is > 0 and < 200 ? (FileError)e.HResult : FileError.Other,
            };
        }
    }
}
