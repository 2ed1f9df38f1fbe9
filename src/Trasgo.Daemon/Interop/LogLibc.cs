using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

/// <summary>The signatures of the C library that writing logs needs.</summary>
internal static unsafe partial class LogLibc
{
    public const int AddressFamilyUnix = 1;
    public const int SocketStream = 1;
    public const int SocketDatagram = 2;
    public const int SocketCloseOnExec = 0x80000;
    public const int LevelSocket = 1;
    public const int OptionSendBuffer = 7;
    public const int OptionSendTimeout = 21;
    public const int ControlRights = 1;
    public const int SendDontWait = 0x40;
    public const int SendNoSignal = 0x4000;
    public const int ReceivePeek = 2;
    public const int OpenWriteOnly = 1;
    public const int OpenNoTerminal = 0x100;
    public const int OpenNonBlocking = 0x800;
    public const int OpenCloseOnExec = 0x80000;
    public const int MemoryCloseOnExec = 1;
    public const int MemoryAllowSealing = 2;
    public const int AddSeals = 1033;
    public const int AllSeals = 0xF;

    private const string Name = "libc";

    [LibraryImport(Name, SetLastError = true)]
    public static partial int socket(int domain, int type, int protocol);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int connect(SafeHandle fd, byte* address, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int setsockopt(SafeHandle fd, int level, int option, void* value, uint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint send(SafeHandle fd, byte* data, nuint length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint sendmsg(SafeHandle fd, LogMessageHeader* message, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint recv(SafeHandle fd, byte* data, nuint length, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint write(SafeHandle fd, byte* data, nuint length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int close(int fd);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int open(byte* path, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int memfd_create(byte* name, uint flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fcntl(SafeHandle fd, int command, int argument);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int statx(int directory, byte* path, int flags, uint mask, LogStatus* status);

    [LibraryImport(Name)]
    public static partial BrokenDownTime* localtime_r(long* time, BrokenDownTime* result);
}

/// <summary>struct tm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct BrokenDownTime
{
    public int Second;
    public int Minute;
    public int Hour;
    public int MonthDay;
    public int Month;
    public int Year;
    public int WeekDay;
    public int YearDay;
    public int DaylightSaving;
    public nint Offset;
    public byte* Zone;
}

/// <summary>struct timeval.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LogTimeout
{
    public nint Seconds;
    public nint Microseconds;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LogVector
{
    public void* Base;
    public nuint Length;
}

/// <summary>struct msghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LogMessageHeader
{
    public void* Address;
    public uint AddressLength;
    public LogVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct cmsghdr with one descriptor behind it.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LogDescriptorControl
{
    public nuint Length;
    public int Level;
    public int Type;
    public int Descriptor;
    public int Padding;
}

/// <summary>struct statx, as far as it is read.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct LogStatus
{
    [FieldOffset(32)]
    public ulong Inode;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;
}
