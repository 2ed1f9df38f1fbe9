using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// The manager's own log, a line a message, to a descriptor that is never waited for: a reader that does not read loses lines,
/// and the number of the lost ones is told with the next that goes through.
/// </summary>
internal sealed class ManagerLog(Descriptor? output, bool showTime, EventLoop loop) : IEngineLog
{
    private readonly StringBuilder _line = new();
    private byte[] _buffer = new byte[1024];
    private int _lost;

    /// <summary>Messages of lower importance than this are dropped; `systemctl log-level` sets it.</summary>
    public LogLevel MaxLevel { get; set; } = LogLevel.Info;

    /// <summary>"console", "kmsg", "journal" ...; kept for `systemctl log-target`, while there is one target only.</summary>
    public string Target { get; set; } = "console";

    public bool IsEnabled(LogLevel level) => level <= MaxLevel && output is not null;

    public void Write(LogLevel level, Unit? unit, string message)
    {
        if (!IsEnabled(level))
        {
            return;
        }

        if (_lost > 0)
        {
            Emit(LogLevel.Warning, unit: null, $"{_lost} messages were lost.");
        }

        Emit(level, unit, message);
    }

    private void Emit(LogLevel level, Unit? unit, string message)
    {
        _line.Clear();
        if (showTime)
        {
            var time = DateTimeOffset.UnixEpoch.AddTicks((long)loop.Now(Clock.Realtime) * 10).ToLocalTime();
            _line.Append(time.ToString("MMM dd HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture));
        }

        _line.Append("trasgo[").Append(Environment.ProcessId).Append("]: ");
        if (unit is not null)
        {
            _line.Append(unit.Id).Append(": ");
        }

        AppendPrintable(message);
        _line.Append('\n');
        _ = level;
        Flush();
    }

    /// <summary>Text from unit files and processes must not steer the terminal that it is shown on.</summary>
    private void AppendPrintable(string message)
    {
        foreach (var c in message)
        {
            if (char.IsControl(c) && c != '\t')
            {
                _line.Append("\\x").Append(((int)c).ToString("x2", System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                _line.Append(c);
            }
        }
    }

    private void Flush()
    {
        var text = _line.ToString();
        var size = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_buffer.Length < size)
        {
            _buffer = new byte[size];
        }

        var length = Encoding.UTF8.GetBytes(text, _buffer);
        var written = FileSystem.Write(output!, _buffer.AsSpan(0, length));
        _lost = written.Ok ? 0 : _lost + 1;
    }
}
