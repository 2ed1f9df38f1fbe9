using System.Runtime.InteropServices;

namespace Trasgo.Daemon;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat(int directory, string path, int flags, uint mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlinkat(int directory, string path, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int directory, string path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fstatfs(int fd, FileSystemStatus* status);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint pread(int fd, void* buffer, nuint count, long offset);

    [LibraryImport(Name, SetLastError = true)]
    public static partial nint pwrite(int fd, void* buffer, nuint count, long offset);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int fcntl_lock(int fd, int command, FileLock* fileLock);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int fcntl_seal(SafeHandle fd, int command, int seals);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int memfd_create(string name, uint flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fchmod(int fd, uint mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chdir(string path);

    [LibraryImport(Name)]
    public static partial uint umask(uint mask);
}

/// <summary>struct statx, the one stat structure that is the same on every machine.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    [FieldOffset(16)]
    public uint Links;
    [FieldOffset(20)]
    public uint Uid;
    [FieldOffset(28)]
    public ushort Mode;
    [FieldOffset(32)]
    public ulong Inode;
    [FieldOffset(128)]
    public uint SpecialMajor;
    [FieldOffset(132)]
    public uint SpecialMinor;
    [FieldOffset(136)]
    public uint DeviceMajor;
    [FieldOffset(140)]
    public uint DeviceMinor;
}

/// <summary>struct statfs of 64-bit machines, as far as it is read.</summary>
[StructLayout(LayoutKind.Explicit, Size = 120)]
internal struct FileSystemStatus
{
    [FieldOffset(0)]
    public long Type;
}

/// <summary>struct flock of 64-bit machines.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FileLock
{
    public short Type;
    public short Whence;
    public long Start;
    public long Length;
    public int ProcessId;
}
