namespace Trasgo.Daemon;

/// <summary>What statx(2) tells about a file.</summary>
internal readonly unsafe struct FileStatus(in StatxBuffer buffer)
{
    private const int AT_FDCWD = -100;
    private const int AT_EMPTY_PATH = 0x1000;
    private const int AT_SYMLINK_NOFOLLOW = 0x100;
    private const uint STATX_BASIC_STATS = 0x7ff;
    private const int TypeMask = 0xf000;

    private readonly ulong _device = ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor;
    private readonly ulong _inode = buffer.Inode;

    public uint Owner { get; } = buffer.Uid;

    public uint Links { get; } = buffer.Links;

    /// <summary>Type and permissions, as in inode(7).</summary>
    public int Mode { get; } = buffer.Mode;

    public bool IsFifo => (Mode & TypeMask) == 0x1000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public ulong Device => _device;

    public ulong Inode => _inode;

    public bool IsSameFile(in FileStatus other) => _device == other._device && _inode == other._inode;

    /// <summary>False with errno.</summary>
    public static bool TryGet(int fd, out FileStatus status) => TryGet(fd, "", AT_EMPTY_PATH, out status);

    /// <summary>False with errno.</summary>
    public static bool TryGet(string path, bool followLinks, out FileStatus status) =>
        TryGet(AT_FDCWD, path, followLinks ? 0 : AT_SYMLINK_NOFOLLOW, out status);

    /// <summary>A name in an open directory, not followed if it is a link; false with errno.</summary>
    public static bool TryGet(int directory, string name, out FileStatus status) => TryGet(directory, name, AT_SYMLINK_NOFOLLOW, out status);

    private static bool TryGet(int directory, string path, int flags, out FileStatus status)
    {
        StatxBuffer buffer;
        bool isThere = Libc.statx(directory, path, flags, STATX_BASIC_STATS, &buffer) == 0;
        status = isThere ? new FileStatus(buffer) : default;
        return isThere;
    }
}
