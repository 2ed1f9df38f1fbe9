using System.Net;
using Trasgo.Inetd;
using Trasgo.Linux;
using SocketAddress = Trasgo.Linux.SocketAddress;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// Asks the client's host who the client is (RFC 1413), for xinetd.conf(5)'s USERID and IDONLY. The front waits for the answer, with the client,
/// half a minute at most, as xinetd does; nobody else does.
/// </summary>
internal sealed class IdentQuery
{
    private const ulong LimitUsec = 30_000_000;

    private readonly EventLoop _loop;
    private readonly Descriptor _server;
    private readonly byte[] _buffer = new byte[IdentAnswer.Longest + 2];
    private int _length;

    private IdentQuery(EventLoop loop, Descriptor server) => (_loop, _server) = (loop, server);

    /// <summary>What the host says, or null with a word of xinetd.log(5) for why nothing is known.</summary>
    public static string? Ask(Descriptor client, in SocketAddress peer, out string problem)
    {
        problem = "system error";
        if (peer.Host.IsEmpty || ListenSocket.LocalAddress(client) is not { Ok: true, Value: var own } || own.Host.IsEmpty)
        {
            return null;
        }

        // From the address that the client came to: a host with several has to be asked by the one that it knows.
        var begun = InternetSocket.BeginConnect(
            SocketAddress.Internet(new IPAddress(peer.Host), IdentAnswer.Port, peer.ScopeId), SocketAddress.Internet(new IPAddress(own.Host), 0, own.ScopeId));
        if (!begun.Ok)
        {
            problem = "no server";
            return null;
        }

        using var loop = new EventLoop();
        using var server = begun.Value;
        return new IdentQuery(loop, server).Ask((int)peer.Port, (int)own.Port, out problem);
    }

    private string? Ask(int remotePort, int localPort, out string problem)
    {
        using var limit = _loop.At(Clock.Monotonic, _loop.Now(Clock.Monotonic) + LimitUsec, () => _loop.Exit((int)Errno.ETIMEDOUT));
        Errno outcome;
        using (_loop.OnIo(_server, IoEvents.Writable, _ => _loop.Exit((int)InternetSocket.Outcome(_server))))
        {
            outcome = (Errno)_loop.Run();
        }

        if (outcome == Errno.None)
        {
            // A line this short fits into the empty buffer of a connection.
            outcome = InternetSocket.Send(_server, IdentAnswer.Question(remotePort, localPort)).Error;
        }

        if (outcome != Errno.None)
        {
            problem = outcome == Errno.ETIMEDOUT ? "timeout" : "no server";
            return null;
        }

        return Read(remotePort, localPort, out problem);
    }

    private string? Read(int remotePort, int localPort, out string problem)
    {
        using var loop = new EventLoop();
        using var limit = loop.At(Clock.Monotonic, loop.Now(Clock.Monotonic) + LimitUsec, () => loop.Exit((int)Errno.ETIMEDOUT));
        using var io = loop.OnReadable(_server, () => Receive(loop));
        var outcome = (Errno)loop.Run();
        var answer = outcome == Errno.None ? IdentAnswer.Parse(_buffer.AsSpan(0, _length), remotePort, localPort) : null;
        problem = outcome == Errno.ETIMEDOUT ? "timeout" : "bad response";
        return answer;
    }

    private void Receive(EventLoop loop)
    {
        var received = InternetSocket.Receive(_server, _buffer.AsSpan(_length));
        _length += Math.Max(0, received.Value);
        if (_buffer.AsSpan(0, _length).Contains((byte)'\n'))
        {
            loop.Exit(0);
        }
        else if (received.Error != Errno.EAGAIN && (received.Value <= 0 || _length == _buffer.Length))
        {
            loop.Exit((int)Errno.EPROTO);
        }
    }
}
