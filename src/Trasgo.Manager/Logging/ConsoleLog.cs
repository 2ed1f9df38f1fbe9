using System.Globalization;
using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Messages as lines, to a descriptor that is never waited for: a reader that does not read loses lines, and the number of the lost ones
/// is told with the next that goes through.
/// </summary>
internal sealed class ConsoleLog(Descriptor output, bool showTime, EventLoop loop)
{
    private readonly StringBuilder _line = new();
    private byte[] _buffer = new byte[1024];
    private int _lost;

    public void Write(in LogEntry entry)
    {
        if (_lost > 0 && !Emit($"{_lost} messages were lost."))
        {
            _lost++;
            return;
        }

        _lost = Emit(entry.Text) ? 0 : 1;
    }

    private bool Emit(string message)
    {
        _line.Clear();
        if (showTime)
        {
            var time = DateTimeOffset.UnixEpoch.AddTicks((long)loop.Now(Clock.Realtime) * 10).ToLocalTime();
            _line.Append(time.ToString("MMM dd HH:mm:ss ", CultureInfo.InvariantCulture));
        }

        _line.Append("trasgo[").Append(Environment.ProcessId).Append("]: ");
        AppendPrintable(message);
        _line.Append('\n');
        return Flush();
    }

    /// <summary>Text from unit files and processes must not steer the terminal that it is shown on.</summary>
    private void AppendPrintable(string message)
    {
        foreach (var c in message)
        {
            if (char.IsControl(c) && c != '\t')
            {
                _line.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                _line.Append(c);
            }
        }
    }

    private bool Flush()
    {
        var text = _line.ToString();
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        var length = Encoding.UTF8.GetBytes(text, _buffer);
        return FileSystem.Write(output, _buffer.AsSpan(0, length)).Ok;
    }
}
