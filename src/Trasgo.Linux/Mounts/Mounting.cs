namespace Trasgo.Linux;

/// <summary>Flags of mount(2).</summary>
[Flags]
internal enum MountFlags : ulong
{
    None = 0,
    ReadOnly = 1,
    NoSetUid = 2,
    NoDevices = 4,
    NoExecute = 8,
    Remount = 32,
    NoAccessTime = 1024,
    Bind = 4096,
    Move = 8192,
    Recursive = 16384,
    Private = 1 << 18,
    Slave = 1 << 19,
    Shared = 1 << 20,
    RelativeAccessTime = 1 << 21,
    StrictAccessTime = 1 << 24,
}

/// <summary>Mounts and swaps, as calls. What needs a helper program (mount.nfs) is a process's work.</summary>
internal static class Mounting
{
    private const int Detach = 2;
    private const int NoFollow = 8;

    public static Errno Mount(string? source, string target, string? type, MountFlags flags = MountFlags.None, string? options = null) =>
        LastError.Of(Libc.mount(source, target, type, (nuint)flags, options));

    public static Errno Unmount(string target, bool lazy = false) => LastError.Of(Libc.umount2(target, NoFollow | (lazy ? Detach : 0)));

    public static Errno SwapOff(string path) => LastError.Of(Libc.swapoff(path));

    public static Errno SetHostName(string name)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        unsafe
        {
            fixed (byte* start = bytes)
            {
                return LastError.Of(Libc.sethostname(start, (nuint)bytes.Length));
            }
        }
    }
}
