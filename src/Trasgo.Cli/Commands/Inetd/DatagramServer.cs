using System.Net;
using Trasgo.Inetd;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// One small service for the datagrams of a socket that the manager has opened. It answers all that come, without a process for each, and ends
/// when none has come for a while: the next starts it again.
/// </summary>
internal sealed class DatagramServer
{
    // More at a time would keep the end of the idle time waiting.
    private const int MostInOneRound = 64;

    private readonly EventLoop _loop;
    private readonly Descriptor _socket;
    private readonly SmallService _service;
    private readonly AddressRules _rules;
    private readonly int _ownPort;
    private readonly TimerSource _idle;
    private readonly byte[] _buffer = new byte[ushort.MaxValue];
    private int _chargenAt;

    public DatagramServer(EventLoop loop, Descriptor socket, SmallService service, AddressRules rules)
    {
        _loop = loop;
        _socket = socket;
        _service = service;
        _rules = rules;
        _ownPort = ListenSocket.LocalAddress(socket) is { Ok: true, Value: var own } ? (int)own.Port : 0;
        _idle = loop.At(Clock.Monotonic, TimerSource.Never, () => loop.Exit(0));
        loop.OnReadable(socket, OnReadable);
        Rest();
    }

    private void OnReadable()
    {
        for (var count = 0; count < MostInOneRound; count++)
        {
            var received = InternetSocket.ReceiveFrom(_socket, _buffer, out var peer);
            if (!received.Ok)
            {
                // An error of the network is one client's; the next call has the next datagram.
                if (received.Error == Errno.EAGAIN)
                {
                    break;
                }

                continue;
            }

            if (peer.Host is { IsEmpty: false } host && Answer(received.Value, new IPAddress(host), (int)peer.Port) is { IsEmpty: false } answer)
            {
                _ = InternetSocket.SendTo(_socket, answer, peer);
            }
        }

        Rest();
    }

    private ReadOnlySpan<byte> Answer(int length, IPAddress sender, int port)
    {
        if (!_rules.Allows(sender) || !ReplyRules.MayAnswer(sender, port, _ownPort))
        {
            return [];
        }

        switch (_service.Kind)
        {
            case SmallServiceKind.Echo:
                return _buffer.AsSpan(0, length);
            case SmallServiceKind.Discard:
                return [];
            case SmallServiceKind.Chargen:
                var line = SmallServiceText.ChargenPattern.AsSpan(_chargenAt, SmallServiceText.ChargenLine);
                _chargenAt = (_chargenAt + SmallServiceText.ChargenLine) % SmallServiceText.ChargenPattern.Length;
                return line;
            default:
                return _buffer.AsSpan(0, SmallServiceText.WriteAnnouncement(_service.Kind, _buffer, DateTimeOffset.Now));
        }
    }

    private void Rest() => _idle.Rearm(_loop.Now(Clock.Monotonic) + InternalCommand.IdleUsec);
}
