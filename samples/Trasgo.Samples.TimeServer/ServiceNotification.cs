using System.Net.Sockets;
using System.Text;

namespace Trasgo.Samples.TimeServer;

/// <summary>The protocol of sd_notify(3): one datagram of VARIABLE=VALUE lines to the socket named by $NOTIFY_SOCKET.</summary>
internal static class ServiceNotification
{
    public static void Send(string state)
    {
        string? address = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(address))
        {
            return;
        }

        if (address[0] == '@')
        {
            address = '\0' + address[1..];   // the abstract name space
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(address));
        }
        catch (SocketException e)
        {
            Console.Error.WriteLine(e.Message);
        }
    }
}
