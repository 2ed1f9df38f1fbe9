namespace Trasgo.Linux;

/// <summary>Pipes and event counters.</summary>
internal static unsafe class Pipe
{
    private const int NonBlock = 0x800;
    private const int CloseOnExec = 0x80000;

    public static Result<(Descriptor Read, Descriptor Write)> Create(bool nonBlocking = false)
    {
        var fds = stackalloc int[2];
        var error = LastError.Of(Libc.pipe2(fds, CloseOnExec | (nonBlocking ? NonBlock : 0)));
        return error == Errno.None ? (Descriptor.Adopt(fds[0]), Descriptor.Adopt(fds[1])) : error;
    }

    public static Result<Descriptor> EventCounter(uint value = 0) => LastError.Owned(Libc.eventfd(value, NonBlock | CloseOnExec));

    /// <summary>How much a pipe or FIFO holds; the kernel rounds it up, and refuses more than /proc/sys/fs/pipe-max-size to the unprivileged.</summary>
    public static Errno SetSize(Descriptor fd, ulong bytes) =>
        LastError.Of(Libc.fcntl(fd.Raw, Fcntl.SetPipeSize, (int)Math.Min(bytes, int.MaxValue)));

    public static Errno SetBlocking(Descriptor fd, bool blocking)
    {
        var flags = LastError.Value(Libc.fcntl(fd.Raw, Fcntl.GetStatusFlags, 0));
        if (!flags.Ok)
        {
            return flags.Error;
        }

        var wanted = blocking ? flags.Value & ~NonBlock : flags.Value | NonBlock;
        return wanted == flags.Value ? Errno.None : LastError.Of(Libc.fcntl(fd.Raw, Fcntl.SetStatusFlags, wanted));
    }
}
