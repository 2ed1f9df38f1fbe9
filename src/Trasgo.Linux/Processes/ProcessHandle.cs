namespace Trasgo.Linux;

/// <summary>
/// A process that cannot be mistaken for another: where the kernel has pidfds (5.3) signals go through one, so a PID that was reused
/// meanwhile gets none. Ends with Dispose; the process's own end makes <see cref="Signal"/> say ESRCH.
/// </summary>
internal sealed unsafe class ProcessHandle(int pid, Descriptor? pidFd) : IProcessHandle
{
    private const int QueueCode = -1;

    public int Pid { get; } = pid;

    public Descriptor? PidFd { get; } = pidFd;

    public bool IsAlive => Signal(0, out var error) || error == Errno.EPERM;

    /// <summary>The process that has this PID now. Fails with ESRCH if none has.</summary>
    public static Result<ProcessHandle> Open(int pid)
    {
        var fd = LastError.Owned((int)Libc.syscall(SystemCall.PidfdOpen, pid, 0, 0, 0, 0, 0));
        if (fd.Ok)
        {
            return new ProcessHandle(pid, fd.Value);
        }

        if (fd.Error is not (Errno.ENOSYS or Errno.EPERM or Errno.EMFILE or Errno.ENFILE))
        {
            return fd.Error;
        }

        return Libc.kill(pid, 0) < 0 && LastError.Get() == Errno.ESRCH ? Errno.ESRCH : new ProcessHandle(pid, null);
    }

    public bool Signal(int signo, out Errno error)
    {
        error = PidFd is { } fd
            ? LastError.Of(Libc.syscall(SystemCall.PidfdSendSignal, fd.Raw, signo, 0, 0, 0, 0))
            : LastError.Of(Libc.kill(Pid, signo));
        return error == Errno.None;
    }

    /// <summary>As sigqueue(3): the signal carries a number.</summary>
    public bool SignalQueue(int signo, int value, out Errno error)
    {
        if (PidFd is not { } fd)
        {
            error = LastError.Of(Libc.sigqueue(Pid, signo, value));
            return error == Errno.None;
        }

        var info = new QueuedSignalInfo { Signo = signo, Code = QueueCode, Pid = Libc.getpid(), Uid = Libc.getuid(), Value = value };
        error = LastError.Of(Libc.syscall(SystemCall.PidfdSendSignal, fd.Raw, signo, (nint)(&info), 0, 0, 0));
        return error == Errno.None;
    }

    public void Dispose() => PidFd?.Dispose();
}
