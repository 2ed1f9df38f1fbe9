using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>What counts as the contents of a directory for DirectoryNotEmpty= and ConditionDirectoryNotEmpty=.</summary>
internal static class DirectoryContents
{
    private static readonly string[] s_backups =
    [
        "rpmnew", "rpmsave", "rpmorig", "dpkg-old", "dpkg-new", "dpkg-tmp", "dpkg-dist", "dpkg-bak", "dpkg-backup", "dpkg-remove",
        "ucf-new", "ucf-old", "ucf-dist", "swp", "bak", "old", "new",
    ];

    /// <summary>There is a directory, and something in it that is neither hidden nor a backup. What we may not look into counts as full, as in systemd.</summary>
    public static bool IsWorthNotice(string path)
    {
        var status = FileSystem.Status(path);
        if (status.Error is Errno.ENOENT or Errno.ENOTDIR || (status.Ok && !status.Value.IsDirectory))
        {
            return false;
        }

        try
        {
            return Directory.EnumerateFileSystemEntries(path).Any(static entry => !IsHiddenOrBackup(Path.GetFileName(entry)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    public static bool IsHiddenOrBackup(string name) =>
        name.StartsWith('.') || name.EndsWith('~') || name is "lost+found" or "aquota.user" or "aquota.group"
        || (name.LastIndexOf('.') is >= 0 and var dot && Array.IndexOf(s_backups, name[(dot + 1)..]) >= 0);
}
