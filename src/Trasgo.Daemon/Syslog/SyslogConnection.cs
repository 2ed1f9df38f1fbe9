using System.Net;
using System.Net.Sockets;
using static Trasgo.Daemon.SocketConstants;

namespace Trasgo.Daemon;

/// <summary>
/// The way to the log daemon. It is opened when it is needed, and again when the daemon has been restarted: its socket has vanished, refuses, or was
/// closed by the other end. A collector in the network that cannot be reached is not asked again with each message, but after a pause that grows
/// from one second to thirty.
/// </summary>
internal sealed class SyslogConnection(SyslogEndpoint endpoint, TimeSpan timeout) : IDisposable
{
    private const long LongestPause = 30_000;

    private LogSocket? _socket;
    private bool _isStream;
    private bool _isStuck;
    private long _pause;
    private long _notBefore;

    /// <summary>The error of the last message that was lost.</summary>
    public int LastError { get; private set; }

    public bool Open()
    {
        if (_socket is not null)
        {
            return true;
        }

        if (_pause > 0 && Environment.TickCount64 < _notBefore)
        {
            return false;
        }

        bool opened = endpoint.Transport == SyslogTransport.Unix ? OpenLocal() : OpenNetwork();
        if (endpoint.Transport == SyslogTransport.Tcp)
        {
            _pause = opened ? 0 : Math.Clamp(_pause * 2, 1000, LongestPause);
            _notBefore = Environment.TickCount64 + _pause;
        }

        return opened;
    }

    /// <summary>Sends one record; false if it is lost.</summary>
    public bool Send(SyslogRecord record)
    {
        // A daemon that was restarted is met at the second try; a datagram of UDP may be told of the first one's refusal.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            if (_socket is not null && _isStream && _socket.PeerHasGone())
            {
                Dispose();
            }

            if (!Open())
            {
                return false;
            }

            switch (SendOnce(record))
            {
                case Outcome.Sent:
                    return true;
                case Outcome.Lost:
                    return false;
            }
        }

        return false;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private Outcome SendOnce(SyslogRecord record)
    {
        while (true)
        {
            int error = _socket!.Send(Framed(record), !_isStuck, out int sent);
            switch (error)
            {
                case Errno.None:
                    _isStuck = false;
                    return Outcome.Sent;
                case Errno.EAGAIN:
                    LastError = error;
                    _isStuck = true;
                    if (sent > 0)
                    {
                        // Half a message went: what follows would be read as the rest of it.
                        Dispose();
                    }

                    return Outcome.Lost;
                case Errno.EMSGSIZE when !_isStream && record.Shorten():
                    continue;
                case Errno.ECONNREFUSED when endpoint.Transport == SyslogTransport.Udp:
                    // An earlier datagram was refused, and this is how the kernel says it.
                    LastError = error;
                    return Outcome.TryAgain;
                default:
                    LastError = error;
                    Dispose();
                    return Outcome.TryAgain;
            }
        }
    }

    private ReadOnlySpan<byte> Framed(SyslogRecord record) => endpoint.Transport switch
    {
        SyslogTransport.Tcp => record.Counted(),
        SyslogTransport.Unix when _isStream => record.Terminated(),
        _ => record.Bytes,
    };

    private bool OpenLocal()
    {
        byte[] address = UnixSocketAddress.Of(endpoint.Address);
        _isStream = false;
        if (Connect(AF_UNIX, SOCK_DGRAM, address) == Errno.EPROTOTYPE)
        {
            // unix(7): EPROTOTYPE is the answer of a socket of another type.
            _isStream = true;
            Connect(AF_UNIX, SOCK_STREAM, address);
        }

        return _socket is not null;
    }

    private bool OpenNetwork()
    {
        _isStream = endpoint.Transport == SyslogTransport.Tcp;
        foreach (var address in Resolve())
        {
            var native = new IPEndPoint(address, endpoint.Port).Serialize();
            int family = native.Buffer.Span[0] | (native.Buffer.Span[1] << 8);
            Connect(family, _isStream ? SOCK_STREAM : SOCK_DGRAM, native.Buffer.Span[..native.Size]);
            if (_socket is not null)
            {
                return true;
            }
        }

        return false;
    }

    private IPAddress[] Resolve()
    {
        if (IPAddress.TryParse(endpoint.Address, out var address))
        {
            return [address];
        }

        try
        {
            return Dns.GetHostAddresses(endpoint.Address);
        }
        catch (SocketException)
        {
            LastError = Errno.ENOENT;
            return [];
        }
    }

    private int Connect(int family, int type, ReadOnlySpan<byte> address)
    {
        var socket = LogSocket.Create(family, type, timeout, out int error);
        if (socket is not null)
        {
            error = socket.Connect(address);
            if (error == Errno.None)
            {
                _socket = socket;
                return error;
            }

            socket.Dispose();
        }

        LastError = error;
        return error;
    }

    private enum Outcome
    {
        Sent,
        TryAgain,
        Lost,
    }
}
