using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    public static partial nint syscall(nint number, nint a, nint b, nint c, nint d, nint e, nint f);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int waitid(int type, uint id, ChildInfo* info, int options);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int sigqueue(int pid, int signal, nint value);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint getrandom(byte* into, nuint size, uint flags);

    [LibraryImport(Name)]
    public static partial int malloc_trim(nuint pad);

    [LibraryImport(Name)]
    public static partial int getpid();

    [LibraryImport(Name)]
    public static partial int getppid();

    [LibraryImport(Name)]
    public static partial int gettid();

    [LibraryImport(Name)]
    public static partial uint getuid();

    [LibraryImport(Name)]
    public static partial uint geteuid();

    [LibraryImport(Name)]
    public static partial uint getgid();

    [LibraryImport(Name)]
    public static partial uint getegid();

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsid();

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setuid(uint uid);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setgid(uint gid);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setgroups(nuint count, uint* groups);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getgroups(int count, uint* groups);

    // The library's wrapper returns the error instead of setting errno.
    [LibraryImport(Name)]
    public static partial int pthread_sigmask(int how, ulong* set, ulong* old);

    [LibraryImport(Name)]
    public static partial nint signal(int signo, nint handler);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int execve(byte* path, byte** argv, byte** envp);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int prlimit(int pid, int resource, ResourceLimit* value, ResourceLimit* old);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setpriority(int which, uint who, int priority);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getpriority(int which, uint who);

    [LibraryImport(Name)]
    public static partial void _exit(int status);
}

/// <summary>siginfo_t as waitid(2) fills it for SIGCHLD; the union begins at offset 16 on 64-bit machines.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct ChildInfo
{
    [FieldOffset(0)]
    public int Signo;
    [FieldOffset(4)]
    public int Errno;
    [FieldOffset(8)]
    public int Code;
    [FieldOffset(16)]
    public int Pid;
    [FieldOffset(20)]
    public uint Uid;
    [FieldOffset(24)]
    public int Status;
}

/// <summary>siginfo_t as rt_sigqueueinfo(2) takes it for SI_QUEUE.</summary>
[StructLayout(LayoutKind.Explicit, Size = 128)]
internal struct QueuedSignalInfo
{
    [FieldOffset(0)]
    public int Signo;
    [FieldOffset(8)]
    public int Code;
    [FieldOffset(16)]
    public int Pid;
    [FieldOffset(20)]
    public uint Uid;
    [FieldOffset(24)]
    public nint Value;
}

/// <summary>struct rlimit64.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public const ulong Infinity = ulong.MaxValue;
    public ulong Soft;
    public ulong Hard;
}
