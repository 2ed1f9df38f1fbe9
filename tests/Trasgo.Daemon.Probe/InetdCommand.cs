using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Probe;

/// <summary>inetd: tells the client what it is and what descriptors 0 to 2 are, having printed what must not reach it.</summary>
internal static class InetdCommand
{
    public static int Run()
    {
        using var inetd = InetdConnection.Take();
        Console.WriteLine("This must not reach the client.");
        string streams = string.Join(' ', Enumerable.Range(0, 3).Select(fd => File.ResolveLinkTarget($"/proc/self/fd/{fd}", false)?.FullName));
        if (inetd.Kind == InetdKind.Datagram)
        {
            byte[] buffer = new byte[100];
            EndPoint from = new IPEndPoint(inetd.Socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
            int count = inetd.Socket.ReceiveFrom(buffer, ref from);
            inetd.Socket.SendTo(Encoding.ASCII.GetBytes($"{inetd.Kind} {Encoding.ASCII.GetString(buffer, 0, count).Trim()}\n"), from);
            return 0;
        }

        using var connection = inetd.Kind == InetdKind.Listener ? inetd.Socket.Accept() : inetd.Socket;
        connection.Send(Encoding.ASCII.GetBytes($"{inetd.Kind} {inetd.Peer} {streams}\n"));
        return 0;
    }
}
