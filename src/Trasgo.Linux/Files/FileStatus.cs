namespace Trasgo.Linux;

/// <summary>The part of statx(2) that we use. Times are microseconds since the epoch.</summary>
internal readonly record struct FileStatus(
    uint Mode, uint Uid, uint Gid, ulong Size, ulong Inode, ulong Device, ulong RawDevice, ulong Links, ulong ModifiedUsec, ulong ChangedUsec)
{
    public uint Type => Mode & 0xF000;

    public uint Permissions => Mode & 0xFFF;

    public bool IsDirectory => Type == 0x4000;

    public bool IsRegular => Type == 0x8000;

    public bool IsSymlink => Type == 0xA000;

    public bool IsFifo => Type == 0x1000;

    public bool IsSocket => Type == 0xC000;

    public bool IsCharacterDevice => Type == 0x2000;

    public bool IsBlockDevice => Type == 0x6000;

    /// <summary>A link to /dev/null is how a unit is masked.</summary>
    public bool IsNullDevice => IsCharacterDevice && RawDevice == (1UL << 32 | 3);

    internal static FileStatus From(in StatxBuffer buffer) => new(
        buffer.Mode,
        buffer.Uid,
        buffer.Gid,
        buffer.Size,
        buffer.Inode,
        ((ulong)buffer.DeviceMajor << 32) | buffer.DeviceMinor,
        ((ulong)buffer.RawDeviceMajor << 32) | buffer.RawDeviceMinor,
        buffer.Links,
        Microseconds(buffer.ModifySeconds, buffer.ModifyNanoseconds),
        Microseconds(buffer.ChangeSeconds, buffer.ChangeNanoseconds));

    private static ulong Microseconds(long seconds, uint nanoseconds) =>
        seconds < 0 ? 0 : ((ulong)seconds * 1_000_000) + (nanoseconds / 1000);
}
