using Trasgo.Cron;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>The crontabs of this system, or of the tree that --root= names. Whoever owns a user's table is asked of NSS: a generator is a child, and may wait.</summary>
internal sealed class CronFiles(string? root, IUnitFileSystem files) : ICronFiles
{
    private const int SizeLimit = 1024 * 1024;

    public string[] List(string directory) => files.List(directory);

    public CronFile? Open(string path, out string error)
    {
        error = "";
        var place = root + path;
        var link = FileSystem.Status(place, followLinks: false);
        if (!link.Ok)
        {
            error = link.Error is Errno.ENOENT or Errno.ENOTDIR ? "" : ErrnoNames.Message(link.Error);
            return null;
        }

        // A table that is a FIFO must not stop the boot.
        var opened = FileSystem.Open(place, OpenFlags.ReadOnly | OpenFlags.NonBlock | OpenFlags.NoControllingTerminal);
        if (!opened.Ok)
        {
            error = ErrnoNames.Message(opened.Error);
            return null;
        }

        using var fd = opened.Value;
        var status = FileSystem.Status(fd);
        if (!status.Ok)
        {
            error = ErrnoNames.Message(status.Error);
            return null;
        }

        var contents = status.Value.IsRegular ? FileSystem.Read(fd, SizeLimit) : Array.Empty<byte>();
        if (!contents.Ok)
        {
            error = ErrnoNames.Message(contents.Error);
            return null;
        }

        return new CronFile(
            path, contents.Value, status.Value.IsRegular, status.Value.Permissions, status.Value.Uid, status.Value.Links, link.Value.IsSymlink ? link.Value.Uid : null);
    }

    public uint? FindUser(string name) => NameService.User(name)?.User.Uid;

    public bool IsExecutable(string path) => FileSystem.IsExecutable(root + path);
}
