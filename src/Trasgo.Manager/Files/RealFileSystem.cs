using System.IO.Enumeration;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Files;

/// <summary>
/// The unit language's view of the disk. With a root directory every path is below it and so is every link's target,
/// absolute or not: an offline tree cannot lead systemctl --root= out of itself. That is a courtesy to honest trees and no
/// sandbox, since a tree may change between the look and the act.
/// </summary>
internal sealed class RealFileSystem : IUnitFileSystem
{
    private const uint DirectoryMode = 0x1ED; // 0755

    private static readonly EnumerationOptions s_everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = true,
        RecurseSubdirectories = false,
        ReturnSpecialDirectories = false,
    };

    private readonly RootView? _root;

    public RealFileSystem(string? root = null) =>
        _root = string.IsNullOrEmpty(root) || !root.AsSpan().ContainsAnyExcept('/') ? null : new RootView(root.TrimEnd('/'));

    public FileKind Stat(string path, bool followLinks, out FileStamp stamp)
    {
        stamp = default;
        if (Locate(path, followLinks) is not { } host)
        {
            return FileKind.Missing;
        }

        // A mask is a mask in a tree without device nodes too.
        var kind = HostFiles.Stat(host, followLinks, out stamp);
        return kind == FileKind.Missing && _root is not null && string.Equals(host, _root.Outside("/dev/null"), StringComparison.Ordinal)
            ? FileKind.Device
            : kind;
    }

    public string[] List(string directory) => Array.ConvertAll(Entries(directory), static e => e.Name);

    public FileEntry[] Entries(string directory)
    {
        // Most directories that are asked for do not exist, and an exception costs more than a look.
        if (Locate(directory, followLast: true) is not { } host
            || HostFiles.Stat(host, followLinks: true, out _) != FileKind.Directory)
        {
            return [];
        }

        try
        {
            return [.. new FileSystemEnumerable<FileEntry>(host, ToEntry, s_everything)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    public string? ReadLink(string path) =>
        Locate(path, followLast: false) is { } host && FileSystem.ReadLink(host) is { Ok: true } target ? target.Value : null;

    public byte[]? Read(string path, int limit, out FileError error)
    {
        if (Locate(path, followLast: true) is not { } host)
        {
            error = FileError.NotFound;
            return null;
        }

        // Opening a FIFO or a terminal could block or take it over, so it is looked at first.
        error = HostFiles.Stat(host, followLinks: true, out _) switch
        {
            FileKind.File or FileKind.Device => FileError.None,
            FileKind.Missing => FileError.NotFound,
            FileKind.Directory => FileError.IsDirectory,
            _ => FileError.WrongKind,
        };
        if (error != FileError.None)
        {
            return null;
        }

        var read = FileSystem.Read(host, limit);
        error = (FileError)read.Error;
        return read.Ok ? read.Value : null;
    }

    public FileError WriteSymlink(string target, string path, bool replace = false)
    {
        if (LocateForWriting(path, out var host) is var bad && bad != FileError.None)
        {
            return bad;
        }

        if (!replace)
        {
            return (FileError)FileSystem.MakeSymlink(target, host);
        }

        var temporary = HostFiles.TemporaryName(host);
        var error = FileSystem.MakeSymlink(target, temporary);
        if (error != Errno.None)
        {
            return (FileError)error;
        }

        error = FileSystem.Rename(temporary, host);
        if (error != Errno.None)
        {
            FileSystem.Remove(temporary);
        }

        return (FileError)error;
    }

    public FileError Remove(string path) =>
        LocateForWriting(path, out var host) is var bad && bad != FileError.None ? bad : (FileError)FileSystem.Remove(host);

    public FileError MakeDirectories(string path) =>
        LocateForWriting(path, out var host) is var bad && bad != FileError.None
            ? bad
            : (FileError)FileSystem.MakeDirectories(host, DirectoryMode);

    public FileError WriteAtomically(string path, ReadOnlySpan<byte> contents) =>
        LocateForWriting(path, out var host) is var bad && bad != FileError.None ? bad : HostFiles.WriteAtomically(host, contents);

    public FileError RemoveDirectoryIfEmpty(string path) =>
        LocateForWriting(path, out var host) is var bad && bad != FileError.None ? bad : (FileError)FileSystem.RemoveDirectory(host);

    private static FileEntry ToEntry(ref FileSystemEntry entry)
    {
        // The attributes tell a link or a directory without another system call where the directory gives types.
        var attributes = entry.Attributes;
        var kind = (attributes & FileAttributes.ReparsePoint) != 0 ? FileKind.Symlink
            : (attributes & FileAttributes.Directory) != 0 ? FileKind.Directory
            : HostFiles.Stat(entry.ToFullPath(), followLinks: false, out _);
        return new FileEntry(entry.FileName.ToString(), kind);
    }

    /// <summary>The path on the host; null if links inside the root lead nowhere.</summary>
    private string? Locate(string path, bool followLast)
    {
        if (!PathText.IsAbsolute(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (_root is null)
        {
            return path;
        }

        var inside = followLast ? PathChaser.ChaseTarget(_root, path) : PathChaser.ChaseParent(_root, path);
        return inside is null ? null : _root.Outside(inside);
    }

    private FileError LocateForWriting(string path, out string host)
    {
        host = Locate(path, followLast: false) ?? "";
        return host.Length == 0 || !PathText.IsSafe(path) ? FileError.InvalidPath : FileError.None;
    }

    /// <summary>The tree below the root, as paths whose directories hold no more links.</summary>
    private sealed class RootView(string root) : ILinkReader
    {
        public string Outside(string path) => root + path;

        public FileKind Stat(string path, bool followLinks, out FileStamp stamp) =>
            HostFiles.Stat(root + path, followLinks, out stamp);

        public string? ReadLink(string path) =>
            FileSystem.ReadLink(root + path) is { Ok: true } target ? target.Value : null;
    }
}
