using System.Runtime.InteropServices;

namespace Trasgo.Linux;

internal static unsafe partial class Libc
{
    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int openat(int directory, string path, int flags, uint mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mkdirat(int directory, string path, uint mode);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int unlinkat(int directory, string path, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int renameat(int fromDirectory, string from, int toDirectory, string to);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int symlinkat(string target, int directory, string path);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint readlinkat(int directory, string path, byte* buffer, nuint size);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int fchmodat(int directory, string path, uint mode, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fchmod(int fd, uint mode);

    /// <summary>Two times, of the last access and of the last change; null for now.</summary>
    [LibraryImport(Name, SetLastError = true)]
    public static partial int futimens(int fd, TimeSpecification* times);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int fchownat(int directory, string path, uint uid, uint gid, int flags);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fchown(int fd, uint uid, uint gid);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int statx(int directory, string path, int flags, uint mask, StatxBuffer* buffer);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mknodat(int directory, string path, uint mode, ulong device);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int faccessat(int directory, string path, int mode, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int chdir(string path);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int ftruncate(int fd, long length);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int fsync(int fd);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int flock(int fd, int operation);

    [LibraryImport(Name)]
    public static partial uint umask(uint mask);

    [LibraryImport(Name)]
    public static partial void sync();

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int mount(string? source, string target, string? type, nuint flags, string? data);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int umount2(string target, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int swapon(string path, int flags);

    [LibraryImport(Name, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int swapoff(string path);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int reboot(int command);

    [LibraryImport(Name, SetLastError = true)]
    public static partial int sethostname(byte* name, nuint length);
}

/// <summary>struct statx, the one stat structure that is the same on every machine.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct StatxBuffer
{
    [FieldOffset(0)]
    public uint Mask;
    [FieldOffset(4)]
    public uint BlockSize;
    [FieldOffset(8)]
    public ulong Attributes;
    [FieldOffset(16)]
    public uint Links;
    [FieldOffset(20)]
    public uint Uid;
    [FieldOffset(24)]
    public uint Gid;
    [FieldOffset(28)]
    public ushort Mode;
    [FieldOffset(32)]
    public ulong Inode;
    [FieldOffset(40)]
    public ulong Size;
    [FieldOffset(48)]
    public ulong Blocks;
    [FieldOffset(56)]
    public ulong AttributesMask;
    [FieldOffset(64)]
    public long AccessSeconds;
    [FieldOffset(96)]
    public long ChangeSeconds;
    [FieldOffset(104)]
    public uint ChangeNanoseconds;
    [FieldOffset(112)]
    public long ModifySeconds;
    [FieldOffset(120)]
    public uint ModifyNanoseconds;
    [FieldOffset(128)]
    public uint RawDeviceMajor;
    [FieldOffset(132)]
    public uint RawDeviceMinor;
    [FieldOffset(136)]
    public uint DeviceMajor;
    [FieldOffset(140)]
    public uint DeviceMinor;
    [FieldOffset(144)]
    public ulong MountId;
}
