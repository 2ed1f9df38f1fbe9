using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>Files by path, with the error as a value. For whatever System.IO hides: modes at creation, owners, O_NOFOLLOW, kernel files.</summary>
internal static unsafe partial class FileSystem
{
    public static Result<Descriptor> Open(string path, OpenFlags flags, uint mode = 0) => OpenAt(null, path, flags, mode);

    public static Result<Descriptor> OpenAt(Descriptor? directory, string path, OpenFlags flags, uint mode = 0)
    {
        while (true)
        {
            var fd = LastError.Owned(Libc.openat(directory?.Raw ?? At.WorkingDirectory, path, (int)(flags | OpenFlags.CloseOnExec), mode));
            if (fd.Error != Errno.EINTR)
            {
                return fd;
            }
        }
    }

    /// <summary>The file's bytes, up to a limit; EFBIG beyond it. For kernel files too, whose size says nothing.</summary>
    public static Result<byte[]> Read(string path, int limit)
    {
        var opened = Open(path, OpenFlags.ReadOnly | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var fd = opened.Value;
        return Read(fd, limit);
    }

    [SkipLocalsInit]
    public static Result<byte[]> Read(Descriptor fd, int limit)
    {
        // Most of what is read is small: it takes one array of its own size.
        Span<byte> small = stackalloc byte[Math.Min(4096, limit + 1)];
        var buffer = small;
        var size = 0;
        while (true)
        {
            if (size == buffer.Length)
            {
                Span<byte> larger = new byte[Math.Min(buffer.Length * 2, limit + 1)];
                buffer.CopyTo(larger);
                buffer = larger;
            }

            var read = ReadInto(fd, buffer[size..]);
            if (!read.Ok)
            {
                return read.Error;
            }

            if (read.Value == 0)
            {
                return buffer[..size].ToArray();
            }

            size += read.Value;
            if (size > limit)
            {
                return Errno.EFBIG;
            }
        }
    }

    public static Result<int> ReadInto(Descriptor fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var read = LastError.Value((int)Libc.read(fd.Raw, start, (nuint)buffer.Length));
                if (read.Error != Errno.EINTR)
                {
                    return read;
                }
            }
        }
    }

    public static Result<int> Write(Descriptor fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            while (true)
            {
                var written = LastError.Value((int)Libc.write(fd.Raw, start, (nuint)bytes.Length));
                if (written.Error != Errno.EINTR)
                {
                    return written;
                }
            }
        }
    }

    /// <summary>Writes a value into an existing file, in one write: what sysfs, procfs and cgroupfs want.</summary>
    public static Errno WriteValue(string path, string value)
    {
        var opened = Open(path, OpenFlags.WriteOnly | OpenFlags.NoControllingTerminal);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var fd = opened.Value;
        return Write(fd, System.Text.Encoding.UTF8.GetBytes(value)).Error;
    }

    public static Result<FileStatus> Status(string path, bool followLinks = true)
    {
        StatxBuffer buffer;
        var flags = followLinks ? 0 : At.NoFollow;
        var error = LastError.Of(Libc.statx(At.WorkingDirectory, path, flags, At.BasicStats, &buffer));
        return error == Errno.None ? FileStatus.From(buffer) : error;
    }

    public static Result<FileStatus> Status(Descriptor fd)
    {
        StatxBuffer buffer;
        var error = LastError.Of(Libc.statx(fd.Raw, string.Empty, At.EmptyPath, At.BasicStats, &buffer));
        return error == Errno.None ? FileStatus.From(buffer) : error;
    }

    public static Errno MakeDirectory(string path, uint mode) => LastError.Of(Libc.mkdirat(At.WorkingDirectory, path, mode));

    public static Errno MakeDirectoryAt(Descriptor directory, string name, uint mode) => LastError.Of(Libc.mkdirat(directory.Raw, name, mode));

    /// <summary>The directory and its parents (0755 unless said otherwise). Existing ones are left as they are; a file in the way is ENOTDIR.</summary>
    public static Errno MakeDirectories(string path, uint mode, uint parentMode = 0x1ED)
    {
        var error = MakeDirectory(path, mode);
        if (error == Errno.ENOENT && Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            error = MakeDirectories(parent, parentMode, parentMode);
            error = error == Errno.None ? MakeDirectory(path, mode) : error;
        }

        if (error != Errno.EEXIST)
        {
            return error;
        }

        var status = Status(path);
        return !status.Ok ? status.Error : status.Value.IsDirectory ? Errno.None : Errno.ENOTDIR;
    }

    /// <summary>Makes the file where there is none, and sets when it was modified: in microseconds, or now. A link is not followed.</summary>
    public static Errno Touch(string path, ulong? modifiedUsec)
    {
        var opened = Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.NoFollow | OpenFlags.NonBlock, 0x1A4);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        using var fd = opened.Value;
        var time = TimeSpecification.FromMicroseconds(modifiedUsec ?? 0);
        var times = stackalloc TimeSpecification[2] { time, time };
        return LastError.Of(Libc.futimens(fd.Raw, modifiedUsec is null ? null : times));
    }

    /// <summary>The directories above a path, each with the mode if it is not there yet.</summary>
    public static Errno MakeParents(string path, uint mode)
    {
        if (Path.GetDirectoryName(path) is not { Length: > 0 } parent)
        {
            return Errno.None;
        }

        var error = MakeDirectory(parent, mode);
        if (error == Errno.ENOENT)
        {
            error = MakeParents(parent, mode);
            error = error == Errno.None ? MakeDirectory(parent, mode) : error;
        }

        return error == Errno.EEXIST ? Errno.None : error;
    }

    public static Errno Remove(string path) => LastError.Of(Libc.unlinkat(At.WorkingDirectory, path, 0));

    public static Errno RemoveDirectory(string path) => LastError.Of(Libc.unlinkat(At.WorkingDirectory, path, At.RemoveDirectory));

    public static Errno RemoveAt(Descriptor directory, string name, bool isDirectory) =>
        LastError.Of(Libc.unlinkat(directory.Raw, name, isDirectory ? At.RemoveDirectory : 0));

    public static Errno Rename(string from, string to) => LastError.Of(Libc.renameat(At.WorkingDirectory, from, At.WorkingDirectory, to));

    public static Errno MakeSymlink(string target, string path) => LastError.Of(Libc.symlinkat(target, At.WorkingDirectory, path));

    public static Result<string> ReadLink(string path) => ReadLinkAt(null, path);

    /// <summary>With an empty path, of the link that <paramref name="directory"/> itself is (O_PATH and O_NOFOLLOW).</summary>
    public static Result<string> ReadLinkAt(Descriptor? directory, string path)
    {
        const int Size = 4096;
        var buffer = stackalloc byte[Size];
        var length = LastError.Value((int)Libc.readlinkat(directory?.Raw ?? At.WorkingDirectory, path, buffer, Size));
        return length.Ok ? System.Text.Encoding.UTF8.GetString(buffer, length.Value) : length.Error;
    }

    public static Errno ChangeMode(string path, uint mode) => LastError.Of(Libc.fchmodat(At.WorkingDirectory, path, mode, 0));

    public static Errno ChangeMode(Descriptor fd, uint mode) => LastError.Of(Libc.fchmod(fd.Raw, mode));

    /// <summary>A uid or gid of uint.MaxValue is left as it is. Links are not followed.</summary>
    public static Errno ChangeOwner(string path, uint uid, uint gid) =>
        LastError.Of(Libc.fchownat(At.WorkingDirectory, path, uid, gid, At.NoFollow));

    public static Errno ChangeOwnerAt(Descriptor directory, string name, uint uid, uint gid) =>
        LastError.Of(Libc.fchownat(directory.Raw, name, uid, gid, At.NoFollow));

    public static Errno ChangeOwner(Descriptor fd, uint uid, uint gid) => LastError.Of(Libc.fchown(fd.Raw, uid, gid));

    /// <summary>Of what was opened with O_PATH.</summary>
    public static Errno ChangeOwnerOfInode(Descriptor fd, uint uid, uint gid) =>
        LastError.Of(Libc.fchownat(fd.Raw, "", uid, gid, At.EmptyPath));

    public static Errno MakeNode(string path, uint mode, uint major, uint minor) =>
        LastError.Of(Libc.mknodat(At.WorkingDirectory, path, mode, Device(major, minor)));

    public static Errno MakeFifo(string path, uint mode) => LastError.Of(Libc.mknodat(At.WorkingDirectory, path, 0x1000 | mode, 0));

    /// <summary>Whether we may execute it, by the effective user (access(2) with AT_EACCESS).</summary>
    public static bool IsExecutable(string path) => Libc.faccessat(At.WorkingDirectory, path, 1, At.EffectiveAccess) == 0;

    private static ulong Device(uint major, uint minor) =>
        (minor & 0xFF) | ((major & 0xFFF) << 8) | ((ulong)(minor & ~0xFFU) << 12) | ((ulong)(major & ~0xFFFU) << 32);
}

/// <summary>Constants of the *at calls.</summary>
internal static class At
{
    public const int WorkingDirectory = -100;
    public const int NoFollow = 0x100;
    public const int RemoveDirectory = 0x200;
    public const int EffectiveAccess = 0x200;
    public const int EmptyPath = 0x1000;
    public const uint BasicStats = 0x7FF;
}
