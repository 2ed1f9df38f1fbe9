using System.Net.Sockets;
using Trasgo.Daemon;

namespace Trasgo.Samples.TimeServer;

/// <summary>The server that is given its sockets by a service manager or by inetd.</summary>
internal static class Inherited
{
    /// <summary>Accept=no: the listening sockets of a .socket unit.</summary>
    public static int ServeListeners(Options options)
    {
        using var descriptors = ListenDescriptors.Take();
        var listeners = descriptors.TakeSockets(SocketType.Stream);
        if (listeners.Count == 0)
        {
            throw new DaemonException("no listening socket was passed: start this by its socket unit");
        }

        var notifier = ServiceNotifier.FromEnvironment();
        using var signals = new DaemonSignals();
        notifier.Ready();
        ConnectionServer.Iterative(listeners, client => Daytime.Tell(client, options), signals.Stopping);
        notifier.Stopping();
        return 0;
    }

    /// <summary>Accept=yes: the one connection that this instance is for.</summary>
    public static int ServeConnection(Options options)
    {
        using var descriptors = ListenDescriptors.Take();
        if (descriptors is not [var descriptor] || !descriptor.IsSocket(type: SocketType.Stream, listening: false))
        {
            throw new DaemonException("no connection was passed: start this by a socket unit with Accept=yes");
        }

        using var client = descriptor.ToSocket();
        Daytime.Tell(client, options);
        return 0;
    }

    /// <summary>inetd: "nowait" gives a connection and "wait" a listening socket. What is to be said goes to syslog: there is no terminal, and the client must not read it.</summary>
    public static int ServeStandardInput(Options options)
    {
        using var inetd = InetdConnection.Take();
        using var log = SyslogClient.Open("timeserver", OpenLogOptions.ProcessId, SyslogFacility.Daemon);
        if (inetd.Kind == InetdKind.Datagram)
        {
            log.Log(SyslogLevel.Error, "inetd passed a socket for datagrams; this is a server of TCP");
            return 1;
        }

        using var client = inetd.Kind == InetdKind.Listener ? inetd.Socket.Accept() : inetd.Socket;
        log.Log(SyslogLevel.Informational, $"telling {client.RemoteEndPoint} the time");
        Daytime.Tell(client, options);
        return 0;
    }
}
