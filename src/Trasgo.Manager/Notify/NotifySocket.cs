using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// The socket that services talk to with sd_notify(3). Who sent a message is what the kernel says (SCM_CREDENTIALS); a message
/// that is empty, oversized or from nobody we know is dropped (CVE-2016-7795).
/// </summary>
internal sealed class NotifySocket : IDisposable
{
    /// <summary>PIPE_BUF, the size systemd allows.</summary>
    private const int MessageMax = 4096;

    private const int DescriptorsMax = 768;

    /// <summary>A flood must not keep the loop from its other work: so many a round, the rest in the next.</summary>
    private const int MessagesPerRound = 64;

    private readonly UnitTable _units;
    private readonly LogRateLimit _refused;
    private readonly Descriptor _socket;
    private readonly IoSource _source;
    private readonly byte[] _buffer = new byte[MessageMax + 1];

    private NotifySocket(EventLoop loop, UnitTable units, IEngineLog log, Descriptor socket)
    {
        _units = units;
        _refused = new LogRateLimit(loop, log, "notifications that were ignored");
        _socket = socket;
        _source = loop.OnReadable(socket, OnReadable, EventPriority.Notify);
    }

    public static Result<NotifySocket> Open(EventLoop loop, UnitTable units, IEngineLog log, string path)
    {
        // Anybody may send: who is believed is decided by credentials, message by message.
        var socket = UnixSocket.Listen(path, SocketType.Datagram, mode: 0x1B6);
        if (!socket.Ok)
        {
            return socket.Error;
        }

        UnixSocket.PassCredentials(socket.Value).OrThrow("SO_PASSCRED");
        _ = UnixSocket.SetReceiveBuffer(socket.Value, 8 * 1024 * 1024);
        return new NotifySocket(loop, units, log, socket.Value);
    }

    /// <summary>The one that the manager before this one has opened, with all that is in its queue.</summary>
    public static Result<NotifySocket> Take(EventLoop loop, UnitTable units, IEngineLog log, Descriptor socket) => new NotifySocket(loop, units, log, socket);

    public Descriptor Socket => _socket;

    public void Dispose()
    {
        _source.Dispose();
        _refused.Dispose();
        _socket.Dispose();
    }

    private void OnReadable()
    {
        for (var i = 0; i < MessagesPerRound; i++)
        {
            var received = UnixSocket.Receive(_socket, _buffer);
            if (!received.Ok)
            {
                return;
            }

            if (Read(received.Value) is { } message)
            {
                using (message)
                {
                    Deliver(message);
                }
            }
            else
            {
                received.Value.DropDescriptors();
            }
        }
    }

    /// <summary>The message, if it is one at all.</summary>
    private NotifyMessage? Read(ReceivedMessage received)
    {
        if (received.Credentials is not { Pid: > 0 } sender)
        {
            _refused.Write(LogLevel.Warning, "Received notify message without valid credentials. Ignoring.");
            return null;
        }

        var bytes = _buffer.AsSpan(0, received.Length);
        if (received.IsTruncated || bytes.Length > MessageMax || bytes.Length == 0)
        {
            _refused.Write(LogLevel.Warning, "Received notify message of no acceptable size. Ignoring.");
            return null;
        }

        // A trailing NUL is what a C string brings along; one in the middle hides the rest.
        var end = bytes.IndexOf((byte)0);
        if (end >= 0 && end != bytes.Length - 1)
        {
            _refused.Write(LogLevel.Warning, "Received notify message with embedded NUL bytes. Ignoring.");
            return null;
        }

        var text = Encoding.UTF8.GetString(end >= 0 ? bytes[..end] : bytes);
        return new NotifyMessage(sender.Pid, sender.Uid, text.Split('\n', StringSplitOptions.RemoveEmptyEntries), [.. received.Descriptors]);
    }

    private void Deliver(NotifyMessage message)
    {
        if (message.Has("BARRIER=1"))
        {
            // The sender waits for its descriptor to be closed, which happens when we are done with the message.
            if (message.Tags.Count != 1)
            {
                _refused.Write(LogLevel.Warning, "Got notification message with BARRIER=1 that is not alone. Ignoring.");
            }

            return;
        }

        if (!_units.TellNotification(message))
        {
            _refused.Write(LogLevel.Warning, $"Cannot find unit for notify message of PID {message.Pid}, ignoring.");
        }
    }
}
