using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// Messages to the journal by its native protocol: a datagram with a field a line. The fields are those by which `journalctl -u` and
/// `systemctl status` find what the manager said of a unit. Nothing waits: what journald does not take at once is the caller's again.
/// </summary>
internal sealed class JournalLog(RuntimeScope scope, string path = JournalLog.SocketPath) : IDisposable
{
    public const string SocketPath = "/run/systemd/journal/socket";

    // What a datagram holds without more ado is many times this; a message of the manager's is a line.
    private const int TextAtMost = 32 * 1024;
    private const int SendBuffer = 8 * 1024 * 1024;
    private const int FacilityDaemon = 3;
    private readonly ArrayBufferWriter<byte> _datagram = new(1024);
    private readonly string _unitField = scope == RuntimeScope.System ? "UNIT" : "USER_UNIT";
    private readonly string _invocationField = scope == RuntimeScope.System ? "INVOCATION_ID" : "USER_INVOCATION_ID";
    private Descriptor? _socket;

    /// <summary>False if the journal did not take it.</summary>
    public bool TryWrite(in LogEntry entry)
    {
        if (_socket is null && !Open())
        {
            return false;
        }

        Compose(entry);
        var sent = UnixSocket.Send(_socket!, _datagram.WrittenSpan);
        if (!sent.Ok && sent.Error != Errno.EAGAIN)
        {
            // journald was started anew with another socket, or is gone: the next message looks again.
            Dispose();
        }

        return sent.Ok;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private bool Open()
    {
        var connected = UnixSocket.Connect(path, SocketType.Datagram, nonBlocking: true);
        _socket = connected.Ok ? connected.Value : null;
        if (_socket is not null)
        {
            _ = UnixSocket.SetSendBuffer(_socket, SendBuffer);
        }

        return _socket is not null;
    }

    private void Compose(in LogEntry entry)
    {
        _datagram.ResetWrittenCount();
        Field("PRIORITY", (int)entry.Level);
        Field("SYSLOG_FACILITY", FacilityDaemon);
        Field("SYSLOG_IDENTIFIER", "trasgo");
        if (entry.Unit is { } unit)
        {
            Field(_unitField, unit.Id);
            if (unit.InvocationId.Length > 0)
            {
                Field(_invocationField, unit.InvocationId);
            }
        }

        if (entry.Details.MessageId is { } id)
        {
            Field("MESSAGE_ID", id);
        }

        if (entry.Details.JobType is { } type)
        {
            Field("JOB_ID", (int)entry.Details.JobId);
            Field("JOB_TYPE", type);
        }

        if (entry.Details.JobResult is { } result)
        {
            Field("JOB_RESULT", result);
        }

        Field("MESSAGE", entry.Text.Length > TextAtMost ? entry.Text[..TextAtMost] : entry.Text);
    }

    private void Field(string name, int value) => Field(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A value with line breaks is written with its length in front, as a number of eight bytes.</summary>
    private void Field(string name, string value)
    {
        Encoding.ASCII.GetBytes(name, _datagram);
        if (value.Contains('\n', StringComparison.Ordinal))
        {
            _datagram.Write("\n"u8);
            BinaryPrimitives.WriteUInt64LittleEndian(_datagram.GetSpan(sizeof(ulong)), (ulong)Encoding.UTF8.GetByteCount(value));
            _datagram.Advance(sizeof(ulong));
        }
        else
        {
            _datagram.Write("="u8);
        }

        Encoding.UTF8.GetBytes(value, _datagram);
        _datagram.Write("\n"u8);
    }
}
