using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>Lines for people: standard error, and the console of the machine. What cannot be written is let go.</summary>
internal static unsafe class LogFile
{
    /// <summary>Descriptor 2 as it is; System.Console would take the terminal over.</summary>
    private static readonly SafeFileHandle s_standardError = new(2, ownsHandle: false);

    public static void WriteStandardError(ReadOnlySpan<byte> line) => Write(s_standardError, line);

    public static void WriteConsole(string path, ReadOnlySpan<byte> line)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(path + "\0"))
        {
            // console(4) may be a line that nobody reads: neither the open nor the write waits for it.
            using var console = new SafeFileHandle(
                LogLibc.open(name, LogLibc.OpenWriteOnly | LogLibc.OpenNoTerminal | LogLibc.OpenNonBlocking | LogLibc.OpenCloseOnExec), ownsHandle: true);
            if (!console.IsInvalid)
            {
                Write(console, line);
            }
        }
    }

    /// <summary>One write(2) as a rule, so that lines of several processes do not mix; the rest of a short one follows.</summary>
    public static int Write(SafeHandle file, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int written = 0; written < bytes.Length;)
            {
                nint result = LogLibc.write(file, start + written, (nuint)(bytes.Length - written));
                if (result >= 0)
                {
                    written += (int)result;
                }
                else if (Marshal.GetLastPInvokeError() is var error and not Errno.EINTR)
                {
                    return error;
                }
            }
        }

        return Errno.None;
    }
}
