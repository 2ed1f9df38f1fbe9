using System.Net.Sockets;
using Trasgo.Daemon;

namespace Trasgo.Samples.Echo;

/// <summary>What the server serves, whoever made it.</summary>
internal sealed class Sockets
{
    public List<Socket> Listeners { get; } = [];

    public List<Socket> Datagrams { get; } = [];

    public List<Socket> Connections { get; } = [];

    public bool AreInherited { get; private init; } = true;

    /// <summary>inetd waits for the end of a server of datagrams before it listens again, and starts the next one when there is something to do.</summary>
    public TimeSpan? MostIdle { get; private init; }

    public IEnumerable<Socket> All => Listeners.Concat(Datagrams).Concat(Connections);

    public static Sockets Find(Options options)
    {
        var passed = ListenDescriptors.Take();
        if (passed.Count > 0)
        {
            var sockets = new Sockets();
            foreach (var descriptor in passed)
            {
                (descriptor.IsSocket(type: SocketType.Dgram) ? sockets.Datagrams
                    : descriptor.IsSocket(type: SocketType.Stream, listening: true) ? sockets.Listeners
                    : sockets.Connections).Add(descriptor.ToSocket());
            }

            return sockets;
        }

        return options.IsInetd ? FromInetd() : Open(options);
    }

    private static Sockets FromInetd()
    {
        var inetd = InetdConnection.Take();
        var sockets = new Sockets { MostIdle = TimeSpan.FromSeconds(5) };
        (inetd.Kind switch
        {
            InetdKind.Datagram => sockets.Datagrams,
            InetdKind.Listener => sockets.Listeners,
            _ => sockets.Connections,
        }).Add(inetd.Socket);
        return sockets;
    }

    private static Sockets Open(Options options)
    {
        var sockets = new Sockets { AreInherited = false };
        if (options.IsTcp)
        {
            sockets.Listeners.AddRange(ListenSockets.Tcp(options.Port, options.Addresses));
        }

        if (options.IsUdp)
        {
            sockets.Datagrams.AddRange(ListenSockets.Udp(options.Port, options.Addresses));
        }

        return sockets;
    }
}
