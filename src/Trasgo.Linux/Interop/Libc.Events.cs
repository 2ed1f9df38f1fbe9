using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_create1(int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_ctl(int epoll, int operation, int fd, void* epollEvent);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int epoll_wait(int epoll, void* events, int count, int timeoutMilliseconds);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int timerfd_create(int clock, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int timerfd_settime(int fd, int flags, TimerSpecification* value, TimerSpecification* old);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int signalfd(int fd, ulong* mask, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int inotify_init1(int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int inotify_add_watch(int fd, byte* path, uint mask);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int inotify_rm_watch(int fd, int watch);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int clock_gettime(int clock, TimeSpecification* value);
}

/// <summary>struct timespec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpecification
{
    public long Seconds;
    public long Nanoseconds;

    public static TimeSpecification FromMicroseconds(ulong value) =>
        new() { Seconds = (long)(value / 1_000_000), Nanoseconds = (long)(value % 1_000_000) * 1000 };

    public readonly ulong ToMicroseconds() => ((ulong)Seconds * 1_000_000) + ((ulong)Nanoseconds / 1000);
}

/// <summary>struct itimerspec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimerSpecification
{
    public TimeSpecification Interval;
    public TimeSpecification Value;
}

/// <summary>struct epoll_event of x86-64, where the kernel packs it; elsewhere it is <see cref="EpollEventAligned"/>.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct EpollEventPacked
{
    public uint Events;
    public ulong Data;
}

/// <summary>struct epoll_event everywhere but on x86-64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct EpollEventAligned
{
    public uint Events;
    public ulong Data;
}

/// <summary>struct signalfd_siginfo: 128 bytes, of which we read the beginning.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal struct SignalDescriptorInfo
{
    public uint Signo;
    public int Errno;
    public int Code;
    public uint Pid;
    public uint Uid;
    public int Fd;
    public uint TimerId;
    public uint Band;
    public uint Overrun;
    public uint TrapNumber;
    public int Status;
    public int Int;
}

/// <summary>struct inotify_event without the name that follows it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct InotifyEventHeader
{
    public int Watch;
    public uint Mask;
    public uint Cookie;
    public uint NameLength;
}
