namespace Trasgo.Daemon;

/// <summary>Device and inode of an open file.</summary>
internal static unsafe class FileIdentity
{
    private const int EmptyPath = 0x1000;
    private const uint Inode = 0x100;

    public static (ulong Device, ulong Inode)? Of(int descriptor)
    {
        LogStatus status;
        byte empty = 0;
        if (LogLibc.statx(descriptor, &empty, EmptyPath, Inode, &status) < 0)
        {
            return null;
        }

        // makedev(3): twelve bits of the major number and eight of the minor below, the rest above.
        ulong major = status.DeviceMajor, minor = status.DeviceMinor;
        ulong device = ((major & 0xFFFFF000) << 32) | ((major & 0xFFF) << 8) | ((minor & 0xFFFFFF00) << 12) | (minor & 0xFF);
        return (device, status.Inode);
    }
}
