using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Conditions on what lies at a path. Whatever cannot be looked at is not there.</summary>
internal static class PathConditions
{
    public static bool Exists(string path) => FileSystem.Exists(path) == Errno.None;

    public static bool GlobExists(string pattern) => PathGlob.First(pattern) is not null;

    public static bool IsDirectory(string path) => FileSystem.Status(path) is { Ok: true, Value.IsDirectory: true };

    public static bool IsSymbolicLink(string path) => FileSystem.Status(path, followLinks: false) is { Ok: true, Value.IsSymlink: true };

    public static bool IsMountPoint(string path) => FileSystem.IsMountPoint(path, followLinks: true) switch
    {
        { Ok: true, Value: var isMountPoint } => isMountPoint,
        { Error: Errno.EOPNOTSUPP } => MountTable.Read() is { Ok: true, Value: var mounts } && mounts.Exists(m => m.MountPoint == path),
        _ => false,
    };

    public static bool IsReadWrite(string path) => FileSystem.IsOnReadOnly(path) switch
    {
        { Ok: true, Value: var isReadOnly } => !isReadOnly,
        { Error: var error } => error != Errno.ENOENT,
    };

    public static bool DirectoryNotEmpty(string path) => DirectoryContents.IsWorthNotice(path);

    public static bool FileNotEmpty(string path) => FileSystem.Status(path) is { Ok: true, Value: { IsRegular: true, Size: > 0 } };

    public static bool FileIsExecutable(string path) =>
        FileSystem.Status(path) is { Ok: true, Value: { IsRegular: true } status } && (status.Permissions & 0x49) != 0;
}
