using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>Conditions on what lies at a path. Whatever cannot be looked at is not there.</summary>
internal static class PathConditions
{
    private static readonly string[] s_backups =
    [
        "rpmnew", "rpmsave", "rpmorig", "dpkg-old", "dpkg-new", "dpkg-tmp", "dpkg-dist", "dpkg-bak", "dpkg-backup", "dpkg-remove",
        "ucf-new", "ucf-old", "ucf-dist", "swp", "bak", "old", "new",
    ];

    public static bool Exists(string path) => FileSystem.Exists(path) == Errno.None;

    public static bool GlobExists(string pattern) => PathGlob.MatchesAny(pattern);

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

    public static bool DirectoryNotEmpty(string path)
    {
        var status = FileSystem.Status(path);
        if (status.Error == Errno.ENOENT || (status.Ok && !status.Value.IsDirectory))
        {
            return false;
        }

        try
        {
            return Directory.EnumerateFileSystemEntries(path).Any(static entry => !IsHiddenOrBackup(Path.GetFileName(entry)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What we may not look into counts as full, as in systemd.
            return true;
        }
    }

    public static bool FileNotEmpty(string path) => FileSystem.Status(path) is { Ok: true, Value: { IsRegular: true, Size: > 0 } };

    public static bool FileIsExecutable(string path) =>
        FileSystem.Status(path) is { Ok: true, Value: { IsRegular: true } status } && (status.Permissions & 0x49) != 0;

    internal static bool IsHiddenOrBackup(string name) =>
        name.StartsWith('.') || name.EndsWith('~') || name is "lost+found" or "aquota.user" or "aquota.group"
        || (name.LastIndexOf('.') is >= 0 and var dot && Array.IndexOf(s_backups, name[(dot + 1)..]) >= 0);
}
