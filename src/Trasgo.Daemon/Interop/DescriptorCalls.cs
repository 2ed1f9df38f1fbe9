using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>Calls on descriptors, interrupted ones repeated. The owned descriptors they return are closed by execve.</summary>
internal static unsafe class DescriptorCalls
{
    /// <summary>
    /// Did this process get it from the one that started it? What it opened itself, as the runtime does before the program begins, is closed by execve(2).
    /// </summary>
    public static bool IsInherited(int fd) => Libc.fcntl(fd, F_GETFD, 0) is >= 0 and var flags && (flags & FD_CLOEXEC) == 0;

    /// <summary>False with errno set if the descriptor is not open.</summary>
    public static bool SetCloseOnExec(int fd, bool on)
    {
        int flags = Libc.fcntl(fd, F_GETFD, 0);
        return flags >= 0 && Libc.fcntl(fd, F_SETFD, on ? flags | FD_CLOEXEC : flags & ~FD_CLOEXEC) >= 0;
    }

    public static bool SetNonBlocking(int fd, bool on)
    {
        int flags = Libc.fcntl(fd, F_GETFL, 0);
        return flags >= 0 && Libc.fcntl(fd, F_SETFL, on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK) >= 0;
    }

    /// <summary>The lowest free number from <paramref name="atLeast"/> on.</summary>
    public static SafeFileHandle Duplicate(int fd, int atLeast)
    {
        int copy = Libc.fcntl(fd, F_DUPFD_CLOEXEC, atLeast);
        return copy >= 0 ? new SafeFileHandle(copy, ownsHandle: true) : throw DaemonException.Last($"cannot duplicate descriptor {fd}");
    }

    /// <summary>Puts what <paramref name="fd"/> is in the place of <paramref name="number"/>, whatever that was.</summary>
    public static bool Replace(int fd, int number, bool closeOnExec)
    {
        int result;
        do
        {
            result = Libc.dup3(fd, number, closeOnExec ? O_CLOEXEC : 0);
        }
        while (result < 0 && Errno.Last is Errno.EINTR or Errno.EBUSY);   // EBUSY: a race with open(2), see dup(2)
        return result >= 0;
    }

    public static (SafeFileHandle Read, SafeFileHandle Write) Pipe()
    {
        int* ends = stackalloc int[2];
        return Libc.pipe2(ends, O_CLOEXEC) == 0
            ? (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true))
            : throw DaemonException.Last("cannot make a pipe");
    }

    /// <summary>The number of bytes, 0 at the end, -1 with errno.</summary>
    public static int Read(int fd, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            nint count;
            do
            {
                count = Libc.read(fd, start, (nuint)buffer.Length);
            }
            while (count < 0 && Errno.Last == Errno.EINTR);
            return (int)count;
        }
    }

    /// <summary>Writes all; false with errno.</summary>
    public static bool Write(int fd, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint count = Libc.write(fd, start + done, (nuint)(bytes.Length - done));
                if (count < 0 && Errno.Last != Errno.EINTR)
                {
                    return false;
                }

                done += count > 0 ? (int)count : 0;
            }
        }

        return true;
    }

    /// <summary>As <see cref="Write(int, ReadOnlySpan{byte})"/>, for a descriptor that another thread may close meanwhile.</summary>
    public static bool Write(SafeHandle file, ReadOnlySpan<byte> bytes)
    {
        bool isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            return Write((int)file.DangerousGetHandle(), bytes);
        }
        finally
        {
            if (isHeld)
            {
                file.DangerousRelease();
            }
        }
    }

    /// <summary>poll(2), repeated when interrupted: the number of descriptors with something to tell, 0 after the timeout.</summary>
    /// <param name="descriptors">What is waited for.</param>
    /// <param name="timeout">The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for any.</param>
    public static int Poll(Span<PollDescriptor> descriptors, TimeSpan timeout)
    {
        long end = timeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
        fixed (PollDescriptor* first = descriptors)
        {
            while (true)
            {
                long left = end == long.MaxValue ? -1 : Math.Clamp(end - Environment.TickCount64, 0, int.MaxValue);
                int count = Libc.poll(first, (nuint)descriptors.Length, (int)left);
                if (count >= 0)
                {
                    return count;
                }

                if (Errno.Last != Errno.EINTR)
                {
                    throw DaemonException.Last("cannot poll");
                }
            }
        }
    }
}
