using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>What statx(2) tells about a file.</summary>
internal readonly unsafe struct FileStatus(in StatxBuffer buffer)
{
    private const uint STATX_BASIC_STATS = 0x7ff;
    private const int TypeMask = 0xf000;


    public uint Owner { get; } = buffer.Uid;

    public uint Links { get; } = buffer.Links;

    /// <summary>Type and permissions, as in inode(7).</summary>
    public int Mode { get; } = buffer.Mode;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsCharacterDevice => (Mode & TypeMask) == 0x2000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    /// <summary>Which device a device file is.</summary>
    public ulong SpecialDevice { get; } = MakeDevice(buffer.SpecialMajor, buffer.SpecialMinor);

    /// <summary>The device that the file is on.</summary>
    public ulong Device { get; } = MakeDevice(buffer.DeviceMajor, buffer.DeviceMinor);

    public ulong Inode { get; } = buffer.Inode;

    public bool IsSameFile(in FileStatus other) => Device == other.Device && Inode == other.Inode;

    /// <summary>False with errno.</summary>
    public static bool TryGet(int fd, out FileStatus status) => TryGet(fd, "", AT_EMPTY_PATH, out status);

    /// <summary>False with errno.</summary>
    public static bool TryGet(string path, bool followLinks, out FileStatus status) =>
        TryGet(AT_FDCWD, path, followLinks ? 0 : AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>A name in an open directory, not followed if it is a link; false with errno.</summary>
    public static bool TryGet(int directory, string name, out FileStatus status) => TryGet(directory, name, AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>makedev(3), the form in which stat(2) has it: twelve bits of the major number and eight of the minor below, the rest above.</summary>
    private static ulong MakeDevice(ulong major, ulong minor) =>
        ((major & 0xFFFFF000) << 32) | ((major & 0xFFF) << 8) | ((minor & 0xFFFFFF00) << 12) | (minor & 0xFF);

    private static bool TryGet(int directory, string path, int flags, out FileStatus status)
    {
        StatxBuffer buffer;
        bool isThere = Libc.statx(directory, path, flags, STATX_BASIC_STATS, &buffer) == 0;
        status = isThere ? new FileStatus(buffer) : default;
        return isThere;
    }
}
