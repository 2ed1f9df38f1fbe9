using System.Globalization;
using System.Text;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Files;

/// <summary>The user and group that the manager's specifiers speak of, from /etc/passwd and /etc/group alone.</summary>
internal sealed record Account(uint Uid, uint Gid, string UserName, string GroupName, string Home, string Shell)
{
    private const int SizeLimit = 16 * 1024 * 1024;

    /// <summary>With a null uid, who we are.</summary>
    public static Account Of(uint? uid, IUnitFileSystem files)
    {
        var (ownUid, ownGid) = uid is { } given ? (given, given) : Own(files);
        var user = Field(files, "/etc/passwd", ownUid);
        var group = Field(files, "/etc/group", ownGid);
        var name = user is { Length: >= 7 } ? user[0] : ownUid.ToString(CultureInfo.InvariantCulture);
        var groupName = group is { Length: >= 3 } ? group[0] : ownGid.ToString(CultureInfo.InvariantCulture);
        if (ownUid == 0)
        {
            // Root is who root is, whatever the files say, so that PID 1 never depends on them.
            var shell = files.Exists("/bin/bash") ? "/bin/bash" : "/bin/sh";
            return new Account(0, ownGid, "root", ownGid == 0 ? "root" : groupName, "/root", shell);
        }

        var home = user is { Length: >= 7 } && user[5].StartsWith('/') ? user[5] : "/";
        return new Account(
            ownUid, ownGid, name, groupName, home, user is { Length: >= 7 } && user[6].StartsWith('/') ? user[6] : "/usr/sbin/nologin");
    }

    private static (uint Uid, uint Gid) Own(IUnitFileSystem files)
    {
        uint uid = 0, gid = 0;
        foreach (var line in Lines(files, "/proc/self/status"))
        {
            var fields = line.Split('\t');
            uid = fields[0] is "Uid:" ? Number(fields) : uid;
            gid = fields[0] is "Gid:" ? Number(fields) : gid;
        }

        return (uid, gid);
    }

    private static uint Number(string[] fields) =>
        fields.Length > 1 && uint.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;

    private static string[]? Field(IUnitFileSystem files, string path, uint id)
    {
        foreach (var line in Lines(files, path))
        {
            var fields = line.Split(':');
            if (fields.Length >= 3 && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var found) && found == id)
            {
                return fields;
            }
        }

        return null;
    }

    private static string[] Lines(IUnitFileSystem files, string path) =>
        files.Read(path, SizeLimit, out _) is { } bytes ? Encoding.UTF8.GetString(bytes).Split('\n') : [];
}
