using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int accept4(int fd, void* address, uint* length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getsockname(int fd, void* address, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsockopt(SafeHandle fd, int level, int option, void* value, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int connect(SafeHandle fd, byte* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint send(SafeHandle fd, byte* data, nuint length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint recv(SafeHandle fd, byte* data, nuint length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint sendmsg(SafeHandle fd, MessageHeader* message, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* fds);
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}

/// <summary>struct msghdr. The C libraries differ in the width of the counts; on little-endian machines the wider one serves both.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct cmsghdr; the data follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level;
    public int Type;
}
