using System.Diagnostics;
using System.Net;
using Trasgo.Linux;
using SocketAddress = Trasgo.Linux.SocketAddress;

namespace Trasgo.Cli.Commands.Inetd;

/// <summary>
/// Passes a client on to another host (xinetd.conf(5), redirect): what either sends goes to the other, and the end of what it sends, too. A
/// buffer for each way bounds what is kept while one of them does not read.
/// </summary>
internal sealed class Redirection(FrontLog log, Descriptor client)
{
    private const ulong ConnectUsec = 30_000_000;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private RedirectedWay? _in;
    private RedirectedWay? _out;

    public int Run(IPAddress address, int port)
    {
        using var loop = new EventLoop();
        var begun = InternetSocket.BeginConnect(SocketAddress.Internet(address, (ushort)port));
        if (!begun.Ok || Pipe.SetBlocking(client, false) != Errno.None)
        {
            return Failed(address, port, begun.Error);
        }

        using var target = begun.Value;
        using var timeout = loop.At(Clock.Monotonic, loop.Now(Clock.Monotonic) + ConnectUsec, () => loop.Exit((int)Errno.ETIMEDOUT));
        using (loop.OnIo(target, IoEvents.Writable, _ => loop.Exit((int)InternetSocket.Outcome(target))))
        {
            if ((Errno)loop.Run() is var outcome and not Errno.None)
            {
                return Failed(address, port, outcome);
            }
        }

        return Pass(target);
    }

    private int Pass(Descriptor target)
    {
        var pid = Environment.ProcessId;
        log.Start(pid);
        using (var loop = new EventLoop())
        {
            _in = new RedirectedWay(client, target);
            _out = new RedirectedWay(target, client);
            using var ofClient = loop.OnIo(client, IoEvents.Readable, _ => { });
            using var ofTarget = loop.OnIo(target, IoEvents.Readable, _ => { });
            while (!_in.IsOver || !_out.IsOver)
            {
                loop.RunOnce();
                _in.Move();
                _out.Move();
                ofClient.Events = _in.Source | _out.Sink;
                ofTarget.Events = _out.Source | _in.Sink;
            }
        }

        log.Exit(pid, (0, 0), _clock.Elapsed, (_in.Count, _out.Count));
        return 0;
    }

    private int Failed(IPAddress address, int port, Errno error)
    {
        log.Error($"cannot connect to {address} port {port}: {ErrnoNames.Message(error)}");
        return 1;
    }
}
