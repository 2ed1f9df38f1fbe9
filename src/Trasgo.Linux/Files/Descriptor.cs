using System.Runtime.InteropServices;

namespace Trasgo.Linux;

/// <summary>
/// An owned file descriptor. It is close-on-exec from birth: every call of ours that makes one passes the flag, so nothing leaks into
/// a process that is spawned meanwhile. <see cref="Raw"/> is for code that marshals a descriptor, never for keeping.
/// </summary>
internal sealed class Descriptor : SafeHandle
{
    private Descriptor(int fd)
        : base(-1, ownsHandle: true)
    {
        SetHandle(fd);
    }

    public override bool IsInvalid => handle < 0;

    public int Raw => IsClosed ? -1 : (int)handle;

    public static Descriptor Adopt(int fd) => new(fd);

    /// <summary>Gives the number away: the caller closes it.</summary>
    public int Release()
    {
        var fd = Raw;
        SetHandleAsInvalid();
        return fd;
    }

    /// <summary>Whether a program that this process becomes has it too. False if there is no such descriptor.</summary>
    public bool SetInherited(bool inherited) => Libc.fcntl(Raw, Fcntl.SetDescriptorFlags, inherited ? 0 : Fcntl.CloseOnExec) >= 0;

    /// <summary>A second descriptor of the same open file, above the standard three.</summary>
    public Result<Descriptor> Duplicate() => LastError.Owned(Libc.fcntl(Raw, Fcntl.DuplicateCloseOnExec, 3));

    /// <summary>
    /// Both are the same open file, as after dup(2). Where kcmp(2) is not to be had, two that were opened in the same way are taken for one.
    /// </summary>
    public bool IsSameAs(Descriptor other)
    {
        var pid = Libc.getpid();
        var order = Libc.syscall(SystemCall.Kcmp, pid, pid, 0, Raw, other.Raw, 0);
        if (order >= 0)
        {
            return order == 0;
        }

        return FileSystem.Status(this) is { Ok: true, Value: var mine } && FileSystem.Status(other) is { Ok: true, Value: var theirs } &&
            mine.Device == theirs.Device && mine.Inode == theirs.Inode && mine.Type == theirs.Type &&
            mine.Type is not (0x2000 or 0x6000) &&
            Libc.fcntl(Raw, Fcntl.GetStatusFlags, 0) == Libc.fcntl(other.Raw, Fcntl.GetStatusFlags, 0);
    }

    public override string ToString() => $"fd {Raw}";

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}

/// <summary>Commands of fcntl(2).</summary>
internal static class Fcntl
{
    public const int GetDescriptorFlags = 1;
    public const int SetDescriptorFlags = 2;
    public const int GetStatusFlags = 3;
    public const int SetStatusFlags = 4;
    public const int DuplicateCloseOnExec = 1030;
    public const int SetPipeSize = 1031;
    public const int AddSeals = 1033;
    public const int CloseOnExec = 1;
}
