using System.Globalization;
using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Messages to a log daemon, as syslog(3) writes them, for a manager that stands for a daemon in the background: of facility daemon, under that
/// daemon's name. A log daemon that was started anew is found again; one that does not read loses messages, as nothing waits.
/// </summary>
internal sealed class SyslogLog(string identifier, EventLoop loop, string path = SyslogLog.SocketPath) : IDisposable
{
    public const string SocketPath = "/dev/log";

    private const int FacilityDaemon = 3;

    // What every log daemon takes (RFC 5424, 6.1).
    private const int TextAtMost = 2000;

    private readonly StringBuilder _line = new();
    private Descriptor? _socket;

    /// <summary>False if nobody takes it.</summary>
    public bool TryWrite(in LogEntry entry)
    {
        var bytes = Encoding.UTF8.GetBytes(Compose(entry));
        if (_socket is not null && UnixSocket.Send(_socket, bytes) is { Error: Errno.None or Errno.EAGAIN } sent)
        {
            return sent.Ok;
        }

        _socket?.Dispose();
        var connected = UnixSocket.Connect(path, SocketType.Datagram, nonBlocking: true);
        _socket = connected.Ok ? connected.Value : null;
        return _socket is not null && UnixSocket.Send(_socket, bytes).Ok;
    }

    public void Dispose() => _socket?.Dispose();

    private string Compose(in LogEntry entry)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks((long)loop.Now(Clock.Realtime) * 10).ToLocalTime();
        _line.Clear();
        _line.Append(CultureInfo.InvariantCulture, $"<{(FacilityDaemon << 3) | (int)entry.Level}>{time:MMM} {time.Day,2} {time:HH:mm:ss} {identifier}[{Environment.ProcessId}]: ");
        var text = entry.Text.Length > TextAtMost ? entry.Text.AsSpan(0, TextAtMost) : entry.Text;
        foreach (var c in text)
        {
            // A message is one line, whatever files and processes say.
            _line.Append(char.IsControl(c) ? ' ' : c);
        }

        return _line.ToString();
    }
}
