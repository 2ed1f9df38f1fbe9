using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int socketpair(int domain, int type, int protocol, int* fds);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int bind(int fd, void* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int listen(int fd, int backlog);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int accept4(int fd, void* address, uint* length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int connect(int fd, void* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int shutdown(int fd, int how);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getsockopt(int fd, int level, int option, void* value, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsockopt(int fd, int level, int option, void* value, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getsockname(int fd, void* address, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int getpeername(int fd, void* address, uint* length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint sendmsg(int fd, MessageHeader* message, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint recvmsg(int fd, MessageHeader* message, int flags);
}

/// <summary>struct sockaddr_un.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UnixAddress
{
    public const int PathSize = 108;
    public ushort Family;
    public fixed byte Path[PathSize];
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public void* Base;
    public nuint Length;
}

/// <summary>struct msghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Address;
    public uint AddressLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct cmsghdr; its data follows at the next multiple of eight.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary>struct ucred: who sent a message or opened a connection, as the kernel knows it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PeerCredentials
{
    public int Pid;
    public uint Uid;
    public uint Gid;
}
