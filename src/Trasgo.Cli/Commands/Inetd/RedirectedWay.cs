using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>One way between two connections.</summary>
internal sealed class RedirectedWay(Descriptor from, Descriptor to)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>Nothing more will come this way.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Bytes that were passed on.</summary>
    public long Count { get; private set; }

    /// <summary>What the connection that bytes come from has to be watched for.</summary>
    public IoEvents Source => !_isAtEnd && _start == _end ? IoEvents.Readable : IoEvents.None;

    /// <summary>What the connection that they go to has to be watched for.</summary>
    public IoEvents Sink => _start < _end ? IoEvents.Writable : IoEvents.None;

    /// <summary>Moves what can be moved without waiting, a buffer at most, so that neither way has to wait for the other.</summary>
    public void Move()
    {
        if (IsOver)
        {
            return;
        }

        if (_start == _end && !_isAtEnd)
        {
            var received = InternetSocket.Receive(from, _buffer);
            (_start, _end) = (0, Math.Max(0, received.Ok ? received.Value : 0));
            _isAtEnd = received.Error != Errno.EAGAIN && _end == 0;
        }

        if (_start < _end)
        {
            var sent = InternetSocket.Send(to, _buffer.AsSpan(_start, _end - _start));
            if (sent.Ok)
            {
                _start += sent.Value;
                Count += sent.Value;
            }
            else if (sent.Error != Errno.EAGAIN)
            {
                // Nobody is left to send to: what still comes is not taken any more.
                (_start, _end, _isAtEnd) = (0, 0, true);
            }
        }

        if (_isAtEnd && _start == _end)
        {
            IsOver = true;
            _ = UnixSocket.ShutdownWrites(to);
        }
    }
}
