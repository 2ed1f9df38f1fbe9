using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>Lines for people: standard error, and the console of the machine. What cannot be written is let go.</summary>
internal static class LogFile
{
    /// <summary>Descriptor 2 as it is; System.Console would take the terminal over.</summary>
    private static readonly SafeFileHandle s_standardError = new(2, ownsHandle: false);

    public static void WriteStandardError(ReadOnlySpan<byte> line) => Write(s_standardError, line);

    public static void WriteConsole(string path, ReadOnlySpan<byte> line)
    {
        // console(4) may be a line that nobody reads: neither the open nor the write waits for it.
        int fd = Libc.openat(AT_FDCWD, path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC, 0);
        if (fd >= 0)
        {
            using var console = new SafeFileHandle(fd, ownsHandle: true);
            Write(console, line);
        }
    }

    /// <summary>One write(2) as a rule, so that lines of several processes do not mix; the rest of a short one follows. 0 or errno.</summary>
    public static int Write(SafeHandle file, ReadOnlySpan<byte> bytes) => DescriptorCalls.Write(file, bytes) ? Errno.None : Errno.Last;
}
