namespace Trasgo.Linux;

/// <summary>What statfs(2) says of the file system that holds a path: its magic number, and whether it is mounted read-only.</summary>
internal readonly record struct MountedStatus(ulong Type, bool IsReadOnly);

/// <summary>Where a path lies.</summary>
internal static unsafe partial class FileSystem
{
    private const ulong ReadOnlyMount = 1;
    private const int WriteAccess = 2;
    private const ulong AttributeMountRoot = 0x2000;
    private const int NoAutomount = 0x800;

    public static Result<MountedStatus> MountedOn(string path)
    {
        MountedStatusBuffer buffer;
        var error = LastError.Of(Libc.statfs(path, &buffer));
        return error == Errno.None ? new MountedStatus(buffer.Type, (buffer.Flags & ReadOnlyMount) != 0) : error;
    }

    /// <summary>Whether writes are refused by the file system, whoever asks. NFS tells only when it is tried.</summary>
    public static Result<bool> IsOnReadOnly(string path)
    {
        var status = MountedOn(path);
        if (!status.Ok)
        {
            return status.Error;
        }

        return status.Value.IsReadOnly || WriteRefusal(path) == Errno.EROFS;
    }

    /// <summary>Whether something is mounted right there. EOPNOTSUPP where the kernel cannot tell (before Linux 5.8).</summary>
    public static Result<bool> IsMountPoint(string path, bool followLinks)
    {
        StatxBuffer buffer;
        var flags = NoAutomount | (followLinks ? 0 : At.NoFollow);
        var error = LastError.Of(Libc.statx(At.WorkingDirectory, path, flags, At.BasicStats, &buffer));
        if (error != Errno.None)
        {
            return error;
        }

        return (buffer.AttributesMask & AttributeMountRoot) == 0 ? Errno.EOPNOTSUPP : (buffer.Attributes & AttributeMountRoot) != 0;
    }

    /// <summary>When the path itself, not what a link leads to, was last changed: nanoseconds since the epoch.</summary>
    public static Result<ulong> ModifiedNanoseconds(string path)
    {
        StatxBuffer buffer;
        var error = LastError.Of(Libc.statx(At.WorkingDirectory, path, At.NoFollow, At.BasicStats, &buffer));
        return error == Errno.None ? (ulong)Math.Max(0, buffer.ModifySeconds) * 1_000_000_000 + buffer.ModifyNanoseconds : error;
    }

    /// <summary>Why the path cannot be written to by our real user; None when it can.</summary>
    public static Errno WriteRefusal(string path) => LastError.Of(Libc.faccessat(At.WorkingDirectory, path, WriteAccess, 0));

    /// <summary>access(2) with F_OK: None when the path exists, behind links.</summary>
    public static Errno Exists(string path) => LastError.Of(Libc.faccessat(At.WorkingDirectory, path, 0, 0));
}
