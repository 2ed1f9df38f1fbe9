using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>A pseudo terminal that is nobody's controlling terminal yet, see pty(7). It is hung up at the end.</summary>
internal sealed unsafe partial class Terminal : IDisposable
{
    private const uint TIOCGPTN = 0x80045430;
    private const uint TIOCSPTLCK = 0x40045431;

    private readonly SafeFileHandle _master;

    public Terminal()
    {
        _master = new SafeFileHandle(Libc.openat(FileConstants.AT_FDCWD, "/dev/ptmx", FileConstants.O_RDWR | FileConstants.O_NOCTTY | FileConstants.O_CLOEXEC, 0), ownsHandle: true);
        Skip.If(_master.IsInvalid, "there are no pseudo terminals here");
        int number, locked = 0;
        Assert.Equal(0, ioctl(_master, TIOCSPTLCK, &locked));
        Assert.Equal(0, ioctl(_master, TIOCGPTN, &number));
        Name = "pts/" + number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>As ps(1) says it.</summary>
    public string Name { get; }

    public string Path => "/dev/" + Name;

    public void Dispose() => _master.Dispose();

    [LibraryImport("libc", SetLastError = true)]
    private static partial int ioctl(SafeHandle fd, nuint request, int* argument);
}
