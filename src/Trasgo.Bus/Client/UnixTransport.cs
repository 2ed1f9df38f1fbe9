using Trasgo.Linux;

namespace Trasgo.Bus.Client;

/// <summary>A client's end of a unix socket. Waiting is left to the event loop, whose timers know about timeouts.</summary>
internal sealed class UnixTransport : IBusTransport
{
    private readonly Descriptor _socket;
    private readonly EventLoop _loop;
    private readonly bool _ownsLoop;
    private readonly IoSource _source;

    private UnixTransport(Descriptor socket, EventLoop? loop)
    {
        _socket = socket;
        _ownsLoop = loop is null;
        _loop = loop ?? new EventLoop();
        _source = _loop.OnIo(socket, IoEvents.None, static _ => { });
    }

    /// <summary>ENOENT and ECONNREFUSED say that no manager is there.</summary>
    /// <param name="path">The socket.</param>
    /// <param name="loop">
    /// Whose events are handled while the client waits, for a program that does something besides. Once it is exiting there is nothing to
    /// wait for any more: ECANCELED.
    /// </param>
    public static Result<UnixTransport> Connect(string path, EventLoop? loop = null)
    {
        var connected = UnixSocket.Connect(path, nonBlocking: true);
        return connected.Ok ? new UnixTransport(connected.Value, loop) : connected.Error;
    }

    public Errno Send(ReadOnlySpan<byte> bytes, IReadOnlyList<Descriptor> descriptors)
    {
        var attached = descriptors.ToArray();
        while (!bytes.IsEmpty)
        {
            var sent = UnixSocket.Send(_socket, bytes, attached);
            if (sent.Ok)
            {
                bytes = bytes[sent.Value..];
                attached = [];
            }
            else if (sent.Error != Errno.EAGAIN)
            {
                return sent.Error;
            }
            else
            {
                Wait(IoEvents.Writable, -1);
            }
        }

        return Errno.None;
    }

    public Result<int> Receive(Span<byte> bytes, List<Descriptor> descriptors, int timeoutMilliseconds)
    {
        var deadline = timeoutMilliseconds < 0 ? long.MaxValue : Environment.TickCount64 + timeoutMilliseconds;
        while (true)
        {
            var received = UnixSocket.Receive(_socket, bytes);
            if (received.Ok)
            {
                descriptors.AddRange(received.Value.Descriptors);
                return received.Value.Length;
            }

            if (received.Error != Errno.EAGAIN)
            {
                return received.Error;
            }

            if (_loop.IsExiting)
            {
                return Errno.ECANCELED;
            }

            var left = deadline - Environment.TickCount64;
            if (left <= 0)
            {
                return Errno.ETIMEDOUT;
            }

            Wait(IoEvents.Readable, timeoutMilliseconds < 0 ? -1 : left * 1000);
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        if (_ownsLoop)
        {
            _loop.Dispose();
        }

        _socket.Dispose();
    }

    private void Wait(IoEvents events, long timeoutUsec)
    {
        _source.Events = events;
        _loop.RunOnce(timeoutUsec);
        _source.Events = IoEvents.None;
    }
}
