using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static Trasgo.Daemon.FileConstants;

namespace Trasgo.Daemon;

/// <summary>The lock of a PID file and the number in it.</summary>
internal static unsafe class PidFileContent
{
    private const short F_WRLCK = 1;
    private const short F_UNLCK = 2;
    private const int MostBytes = 32;

    /// <summary>How long a holder may take from locking the file to writing its number.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    /// <summary>False if somebody else has it.</summary>
    public static bool TryLock(SafeFileHandle file, string path)
    {
        var whole = new FileLock { Type = F_WRLCK };
        if (Libc.fcntl_lock(Fd(file), F_OFD_SETLK, &whole) == 0)
        {
            return true;
        }

        return Errno.Last is Errno.EAGAIN or Errno.EACCES ? false : throw DaemonException.Last($"cannot lock {path}");
    }

    /// <summary>The process that holds the lock: a classic lock names it, else the file does.</summary>
    public static int? Holder(SafeFileHandle file)
    {
        var whole = new FileLock { Type = F_WRLCK };
        if (Libc.fcntl_lock(Fd(file), F_OFD_GETLK, &whole) != 0 || whole.Type == F_UNLCK)
        {
            return null;
        }

        return whole.ProcessId > 0 ? whole.ProcessId : Number(file);
    }

    /// <summary>As <see cref="Holder"/>, with patience for a holder that has just begun.</summary>
    public static int? HolderOnceWritten(SafeFileHandle file)
    {
        long end = Environment.TickCount64 + (long)s_patience.TotalMilliseconds;
        int? holder;
        while ((holder = Holder(file)) is null && Environment.TickCount64 < end)
        {
            Thread.Sleep(10);
        }

        return holder;
    }

    public static void Write(SafeFileHandle file, string path)
    {
        byte[] text = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        fixed (byte* start = text)
        {
            if (Libc.ftruncate(Fd(file), 0) != 0 || Libc.pwrite(Fd(file), start, (nuint)text.Length, 0) != text.Length)
            {
                throw DaemonException.Last($"cannot write {path}");
            }
        }
    }

    public static void Clear(SafeFileHandle file) => _ = Libc.ftruncate(Fd(file), 0);

    private static int? Number(SafeFileHandle file)
    {
        byte* buffer = stackalloc byte[MostBytes];
        nint count = Libc.pread(Fd(file), buffer, MostBytes, 0);
        return count > 0
            && int.TryParse(Encoding.ASCII.GetString(buffer, (int)count).TrimEnd('\n'), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                ? number
                : null;
    }

    private static int Fd(SafeFileHandle file) => (int)file.DangerousGetHandle();
}
