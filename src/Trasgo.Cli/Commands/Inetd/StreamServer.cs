using System.Net;
using Trasgo.Inetd;
using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// One small service for the connections of a listening socket, or for one connection. It ends when its last client is gone and none has come
/// for a while. Clients are bounded in number, and one that neither sends nor takes anything has to go.
/// </summary>
internal sealed class StreamServer
{
    private const int MostClients = 256;
    private const ulong ExhaustedUsec = 100_000;

    private readonly EventLoop _loop;
    private readonly Descriptor _socket;
    private readonly AddressRules _rules;
    private readonly IoSource? _listener;
    private readonly TimerSource _idle;
    private readonly TimerSource _resume;
    private int _clients;

    public StreamServer(EventLoop loop, Descriptor socket, SmallService service, AddressRules rules)
    {
        _loop = loop;
        _socket = socket;
        Service = service;
        _rules = rules;
        _idle = loop.At(Clock.Monotonic, TimerSource.Never, () => loop.Exit(0));
        _resume = loop.At(Clock.Monotonic, TimerSource.Never, Resume);
        if (InternetSocket.IsListening(socket))
        {
            _listener = loop.OnReadable(socket, Accept);
            Rest();
        }
        else
        {
            Add(socket);
        }
    }

    public SmallService Service { get; }

    /// <summary>A client is gone, and its connection closed.</summary>
    public void OnGone()
    {
        _clients--;
        if (_listener is null)
        {
            _loop.Exit(0);
            return;
        }

        Resume();
        Rest();
    }

    private void Accept()
    {
        while (_clients < MostClients)
        {
            var accepted = ListenSocket.Accept(_socket, out var peer);
            if (accepted.Ok)
            {
                if (peer.Host.IsEmpty || _rules.Allows(new IPAddress(peer.Host)))
                {
                    Add(accepted.Value);
                }
                else
                {
                    accepted.Value.Dispose();
                }
            }
            else if (ListenSocket.IsExhaustion(accepted.Error))
            {
                _listener!.Events = IoEvents.None;
                _resume.Rearm(_loop.Now(Clock.Monotonic) + ExhaustedUsec);
                return;
            }
            else if (accepted.Error == Errno.EAGAIN)
            {
                return;
            }
            else if (!ListenSocket.IsPassing(accepted.Error))
            {
                _loop.Exit(1);
                return;
            }
        }

        // The others wait in the queue of the kernel.
        _listener!.Events = IoEvents.None;
    }

    private void Add(Descriptor connection)
    {
        _idle.Disarm();
        _clients++;
        new StreamClient(_loop, connection, this).Begin();
    }

    private void Resume() => _listener!.Events = IoEvents.Readable;

    private void Rest()
    {
        if (_clients == 0)
        {
            _idle.Rearm(_loop.Now(Clock.Monotonic) + InternalCommand.IdleUsec);
        }
    }
}
