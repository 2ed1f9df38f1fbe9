using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>The directory of a PID file, held open: what is checked is what is used, whatever happens to the path.</summary>
internal sealed class PidFileDirectory : IDisposable
{
    private const uint FileMode = 0x1a4;              // 0644
    private const int WritableByOthers = 0x12;        // 0022
    private const int Sticky = 0x200;                 // 01000

    private readonly SafeFileHandle _handle;
    private readonly string _path;

    private PidFileDirectory(SafeFileHandle handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    private int Fd => (int)_handle.DangerousGetHandle();

    /// <summary>Opens it and refuses one in which somebody else could put another file in the place of ours.</summary>
    public static PidFileDirectory Open(string path)
    {
        int fd = Libc.openat(AT_FDCWD, path, O_PATH | O_CLOEXEC | O_DIRECTORY, 0);
        if (fd < 0)
        {
            throw DaemonException.Last($"cannot open the directory {path}");
        }

        var directory = new PidFileDirectory(new SafeFileHandle(fd, ownsHandle: true), path);
        try
        {
            if (!FileStatus.TryGet(fd, out var status))
            {
                throw DaemonException.Last($"cannot look at the directory {path}");
            }

            if (status.Owner != 0 && status.Owner != Libc.geteuid())
            {
                throw new DaemonException($"the directory {path} belongs to user {status.Owner}, who could replace a PID file in it");
            }

            if ((status.Mode & WritableByOthers) != 0 && (status.Mode & Sticky) == 0)
            {
                throw new DaemonException($"others may write to the directory {path} and it has no sticky bit: they could replace a PID file in it");
            }
        }
        catch
        {
            directory.Dispose();
            throw;
        }

        return directory;
    }

    /// <summary>A new file, or the one that is there if it is a plain one of ours.</summary>
    public SafeFileHandle OpenForWriting(string name)
    {
        while (true)
        {
            int fd = Libc.openat(Fd, name, O_RDWR | O_CREAT | O_EXCL | O_NOCTTY | O_CLOEXEC | O_NOFOLLOW, FileMode);
            if (fd >= 0)
            {
                return new SafeFileHandle(fd, ownsHandle: true);
            }

            if (Errno.Last != Errno.EEXIST)
            {
                throw DaemonException.Last($"cannot make {Path.Combine(_path, name)}");
            }

            if (OpenForReading(name) is { } file)
            {
                return file;
            }
        }
    }

    /// <summary>The file that is there, readable and writable since a lock for writing asks for that; null if there is none.</summary>
    public SafeFileHandle? OpenForReading(string name)
    {
        // O_NONBLOCK: a FIFO in its place must not make us wait.
        int fd = Libc.openat(Fd, name, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC | O_NOFOLLOW, 0);
        if (fd < 0)
        {
            return Errno.Last switch
            {
                Errno.ENOENT => null,
                Errno.ELOOP => throw new DaemonException($"{Path.Combine(_path, name)} is a symbolic link, which is not followed"),
                _ => throw DaemonException.Last($"cannot open {Path.Combine(_path, name)}"),
            };
        }

        var file = new SafeFileHandle(fd, ownsHandle: true);
        try
        {
            Check(fd, Path.Combine(_path, name));
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return file;
    }

    /// <summary>Does the name still mean this file?</summary>
    public bool Names(string name, SafeFileHandle file) =>
        FileStatus.TryGet(Fd, name, out var named) && FileStatus.TryGet((int)file.DangerousGetHandle(), out var open) && named.IsSameFile(open);

    public bool Remove(string name) => Libc.unlinkat(Fd, name, 0) == 0;

    public void Dispose() => _handle.Dispose();

    private static void Check(int fd, string path)
    {
        if (!FileStatus.TryGet(fd, out var status))
        {
            throw DaemonException.Last($"cannot look at {path}");
        }

        if (!status.IsRegular)
        {
            throw new DaemonException($"{path} is no regular file");
        }

        if (status.Links != 1)
        {
            throw new DaemonException($"{path} has {status.Links} names: it may be a link to a file that is somebody else's");
        }

        if (status.Owner != Libc.geteuid())
        {
            throw new DaemonException($"{path} belongs to user {status.Owner}");
        }

        // Left by a daemon that had no umask. Nobody else is to change it from now on.
        if ((status.Mode & WritableByOthers) != 0 && Libc.fchmod(fd, FileMode) != 0)
        {
            throw DaemonException.Last($"others may write to {path}, which cannot be changed");
        }
    }
}
