using System.Globalization;

namespace Trasgo.Linux;

/// <summary>A new terminal without hardware (pts(4)): this side, and the path of the side that programs open.</summary>
internal static unsafe class PseudoTerminal
{
    private const uint GetNumber = 0x80045430;
    private const uint SetLock = 0x40045431;

    public static Result<(Descriptor Master, string Path)> Open()
    {
        var opened = FileSystem.Open("/dev/ptmx", OpenFlags.ReadWrite | OpenFlags.NoControllingTerminal | OpenFlags.NonBlock);
        if (!opened.Ok)
        {
            return opened.Error;
        }

        int number, unlocked = 0;
        var master = opened.Value;
        if (Libc.ioctl(master.Raw, GetNumber, &number) < 0 || Libc.ioctl(master.Raw, SetLock, &unlocked) < 0)
        {
            var error = LastError.Get();
            master.Dispose();
            return error;
        }

        return (master, "/dev/pts/" + number.ToString(CultureInfo.InvariantCulture));
    }
}
