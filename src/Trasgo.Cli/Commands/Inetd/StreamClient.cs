using Trasgo.Inetd;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// A client of a small stream service. Reading waits while there is something to be written, so that a client who does not read
/// cannot make us keep what he sends.
/// </summary>
internal sealed class StreamClient
{
    private const int BufferSize = 4096;
    private const ulong SilenceUsec = 300_000_000;

    private readonly EventLoop _loop;
    private readonly Descriptor _connection;
    private readonly StreamServer _server;
    private readonly SmallServiceKind _kind;
    private readonly byte[] _buffer;
    private readonly IoSource _io;
    private readonly TimerSource _silence;
    private int _from;
    private int _to;
    private bool _isLast;
    private bool _isGone;

    public StreamClient(EventLoop loop, Descriptor connection, StreamServer server)
    {
        _loop = loop;
        _connection = connection;
        _server = server;
        _kind = server.Service.Kind;
        _buffer = _kind == SmallServiceKind.Chargen ? SmallServiceText.ChargenPattern : new byte[_kind == SmallServiceKind.Echo ? BufferSize : SmallServiceText.LongestAnnouncement];
        _io = loop.OnIo(connection, IoEvents.None, OnReady);
        _silence = loop.At(Clock.Monotonic, loop.Now(Clock.Monotonic) + SilenceUsec, Close);
    }

    public void Begin()
    {
        switch (_kind)
        {
            case SmallServiceKind.Chargen:
                _to = _buffer.Length;
                _io.Events = IoEvents.Writable;
                break;
            case SmallServiceKind.Daytime or SmallServiceKind.Time:
                _to = SmallServiceText.WriteAnnouncement(_kind, _buffer, DateTimeOffset.Now);
                _isLast = true;
                Write();
                break;
            default:
                _io.Events = IoEvents.Readable;
                break;
        }
    }

    private void OnReady(IoEvents events)
    {
        _silence.Rearm(_loop.Now(Clock.Monotonic) + SilenceUsec);
        if (_io.Events == IoEvents.Writable)
        {
            Write();
        }
        else
        {
            Read();
        }
    }

    private void Read()
    {
        var received = InternetSocket.Receive(_connection, _buffer);
        if (received is { Ok: true, Value: > 0 })
        {
            if (_kind == SmallServiceKind.Echo)
            {
                (_from, _to) = (0, received.Value);
                Write();
            }
        }
        else if (received.Error != Errno.EAGAIN)
        {
            Close();
        }
    }

    private void Write()
    {
        var sent = InternetSocket.Send(_connection, _buffer.AsSpan(_from, _to - _from));
        if (!sent.Ok && sent.Error != Errno.EAGAIN)
        {
            Close();
            return;
        }

        _from += Math.Max(0, sent.Value);
        if (_from < _to)
        {
            _io.Events = IoEvents.Writable;
        }
        else if (_isLast)
        {
            Close();
        }
        else
        {
            _from = 0;
            _io.Events = _kind == SmallServiceKind.Chargen ? IoEvents.Writable : IoEvents.Readable;
        }
    }

    private void Close()
    {
        if (_isGone)
        {
            return;
        }

        _isGone = true;
        _silence.Dispose();
        _io.Dispose();
        _connection.Dispose();
        _server.OnGone();
    }
}
