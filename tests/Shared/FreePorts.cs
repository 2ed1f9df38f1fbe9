using System.Net;
using System.Net.Sockets;

namespace Trasgo.Tests.Shared;

/// <summary>
/// Ports for programs that cannot be given a socket, and for sockets that are opened once more. They lie below those that the kernel hands to
/// whoever asks for any (ip(7), ip_local_port_range: 32768 and up), so that no test that runs beside can be given one in between.
/// </summary>
internal static class FreePorts
{
    private const int First = 10_000;
    private const int Count = 20_000;
    private static int s_next = Environment.ProcessId * 97 % Count;

    /// <summary>A port that nobody uses, by TCP or UDP, and that no other caller in this process is given.</summary>
    public static int Next()
    {
        while (true)
        {
            int port = First + (Interlocked.Increment(ref s_next) % Count);
            if (IsFree(port, SocketType.Stream, ProtocolType.Tcp) && IsFree(port, SocketType.Dgram, ProtocolType.Udp))
            {
                return port;
            }
        }
    }

    private static bool IsFree(int port, SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Any, port));
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
