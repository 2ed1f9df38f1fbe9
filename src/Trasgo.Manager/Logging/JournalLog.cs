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
/// `systemctl status` find what the manager said of a unit.
/// </summary>
/// <remarks>
/// Nothing waits for journald, whose socket takes only some ten datagrams ahead of it: what it does not take at once is queued and goes out when it
/// reads again. A queue that is full is a journald that is stuck; then messages are lost, and counted.
/// </remarks>
internal sealed class JournalLog(EventLoop loop, RuntimeScope scope, string path = JournalLog.SocketPath) : IDisposable
{
    public const string SocketPath = "/run/systemd/journal/socket";

    // What a datagram holds without more ado is many times this; a message of the manager's is a line.
    private const int TextAtMost = 32 * 1024;
    private const int QueuedBytesAtMost = 1024 * 1024;
    private readonly ArrayBufferWriter<byte> _datagram = new(1024);
    private readonly Queue<byte[]> _queue = new();
    private readonly bool _isSystem = scope == RuntimeScope.System;
    private Descriptor? _socket;
    private IoSource? _source;
    private int _queuedBytes;
    private int _lost;

    /// <summary>False if there is no journal; a message that is queued, or lost because too many are, counts as written.</summary>
    public bool TryWrite(in LogEntry entry)
    {
        if (_socket is null && !Open())
        {
            return false;
        }

        Compose(entry);
        if (_queue.Count > 0)
        {
            Keep();
            return true;
        }

        var sent = UnixSocket.Send(_socket!, _datagram.WrittenSpan);
        if (sent.Ok)
        {
            return true;
        }

        if (sent.Error == Errno.EAGAIN)
        {
            Keep();
            return true;
        }

        // journald was started anew with another socket, or is gone: the next message looks again.
        Dispose();
        return false;
    }

    public void Dispose()
    {
        _source?.Dispose();
        _socket?.Dispose();
        (_source, _socket) = (null, null);
        _queue.Clear();
        _queuedBytes = 0;
    }

    private bool Open()
    {
        var connected = UnixSocket.Connect(path, SocketType.Datagram, nonBlocking: true);
        if (!connected.Ok)
        {
            return false;
        }

        _socket = connected.Value;
        _source = loop.OnIo(_socket, IoEvents.None, OnWritable, EventPriority.Idle);
        return true;
    }

    private void Keep()
    {
        if (_queuedBytes + _datagram.WrittenCount > QueuedBytesAtMost)
        {
            _lost++;
            return;
        }

        _queue.Enqueue(_datagram.WrittenSpan.ToArray());
        _queuedBytes += _datagram.WrittenCount;
        _source!.Events = IoEvents.Writable;
    }

    private void OnWritable(IoEvents events)
    {
        while (_queue.TryPeek(out var next))
        {
            var sent = UnixSocket.Send(_socket!, next);
            if (sent.Error == Errno.EAGAIN)
            {
                return;
            }

            if (!sent.Ok)
            {
                Dispose();
                return;
            }

            _queue.Dequeue();
            _queuedBytes -= next.Length;
        }

        _source!.Events = IoEvents.None;
        if (_lost > 0)
        {
            var text = $"{_lost} messages were lost.";
            _lost = 0;
            _ = TryWrite(new LogEntry { Level = LogLevel.Warning, Text = text });
        }
    }

    private void Compose(in LogEntry entry)
    {
        _datagram.ResetWrittenCount();
        Field("PRIORITY"u8, (uint)entry.Level);
        _datagram.Write("SYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER=trasgo\n"u8);
        if (entry.Unit is { } unit)
        {
            Field(_isSystem ? "UNIT"u8 : "USER_UNIT"u8, unit.Id);
            if (unit.InvocationId.Length > 0)
            {
                Field(_isSystem ? "INVOCATION_ID"u8 : "USER_INVOCATION_ID"u8, unit.InvocationId);
            }
        }

        if (entry.Details.MessageId is { } id)
        {
            Field("MESSAGE_ID"u8, id);
        }

        if (entry.Details.JobId > 0)
        {
            Field("JOB_ID"u8, entry.Details.JobId);
        }

        if (entry.Details.JobType is { } type)
        {
            Field("JOB_TYPE"u8, type);
        }

        if (entry.Details.JobResult is { } result)
        {
            Field("JOB_RESULT"u8, result);
        }

        Field("MESSAGE"u8, entry.Text.AsSpan(0, Math.Min(entry.Text.Length, TextAtMost)));
    }

    private void Field(ReadOnlySpan<byte> name, uint value)
    {
        Span<char> digits = stackalloc char[10];
        value.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        Field(name, digits[..length]);
    }

    /// <summary>A value with line breaks is written with its length in front, as a number of eight bytes.</summary>
    private void Field(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        _datagram.Write(name);
        if (value.Contains('\n'))
        {
            _datagram.Write("\n"u8);
            BinaryPrimitives.WriteUInt64LittleEndian(_datagram.GetSpan(sizeof(ulong)), (ulong)Encoding.UTF8.GetByteCount(value));
            _datagram.Advance(sizeof(ulong));
        }
        else
        {
            _datagram.Write("="u8);
        }

        _datagram.Advance(Encoding.UTF8.GetBytes(value, _datagram.GetSpan(Encoding.UTF8.GetMaxByteCount(value.Length))));
        _datagram.Write("\n"u8);
    }
}
