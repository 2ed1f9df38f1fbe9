using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Trasgo.Daemon;

/// <summary>
/// Lines on standard error with their level in front, <c>&lt;3&gt;text</c> (sd-daemon(3)): the manager that started the service takes the level out and hands the line
/// on to its log. All members may be used by any number of threads at once, and a message is one write(2), so that lines do not mix.
/// </summary>
public sealed class PriorityLog
{
    private const int Kept = 16 * 1024;

    private readonly SafeHandle _file;
    private readonly Lock _lock = new();
    private readonly ByteBuffer _line = new(256);

    /// <summary>A log on a descriptor.</summary>
    /// <param name="file">Where lines are written; null means standard error. It is not closed.</param>
    public PriorityLog(SafeHandle? file = null) => _file = file ?? new SafeFileHandle(2, ownsHandle: false);

    /// <summary>Writes a message. Each of its lines gets the level in front, empty ones are left out, and control characters other than TAB are written as <c>#ooo</c>.</summary>
    /// <param name="level">How important it is.</param>
    /// <param name="text">The text.</param>
    /// <returns>False if it could not be written.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="level"/> is not a level.</exception>
    public bool Write(SyslogLevel level, ReadOnlySpan<char> text)
    {
        int priority = SyslogPriority.Check(level), error = Marshal.GetLastPInvokeError();
        byte[] utf8 = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            ReadOnlySpan<byte> rest = utf8.AsSpan(0, Encoding.UTF8.GetBytes(text, utf8));
            lock (_lock)
            {
                _line.Clear(Kept);
                while (!rest.IsEmpty)
                {
                    int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
                    AppendLine(priority, end < 0 ? rest : rest[..end]);
                    rest = end < 0 ? [] : rest[(end + 1)..];
                }

                return LogFile.Write(_file, _line.Written) == Errno.None;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(utf8);
            Marshal.SetLastPInvokeError(error);
        }
    }

    private void AppendLine(int priority, ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty)
        {
            return;
        }

        _line.Append((byte)'<');
        _line.Append((byte)('0' + priority));
        _line.Append((byte)'>');
        SyslogText.Append(_line, line, int.MaxValue, keepLineBreaks: false);
        _line.Append((byte)'\n');
    }
}
