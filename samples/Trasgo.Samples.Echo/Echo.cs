using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Trasgo.Samples.Echo;

/// <summary>The protocol: connections until their end, datagrams one by one.</summary>
internal static class Echo
{
    private const int LongestDatagram = 65536;   // of UDP
    private const int StackSize = 256 * 1024;

    public static void Start<T>(List<Thread> threads, IEnumerable<T> items, Action<T> serve)
    {
        foreach (var item in items)
        {
            var thread = new Thread(() => serve(item), StackSize) { IsBackground = true };
            threads.Add(thread);
            thread.Start();
        }
    }

    /// <summary>Until the client has sent all and closed its half, or is gone.</summary>
    public static void Stream(Socket connection)
    {
        byte[] buffer = new byte[4096];
        try
        {
            int count;
            while ((count = connection.Receive(buffer)) > 0)
            {
                for (int sent = 0; sent < count;)
                {
                    sent += connection.Send(buffer, sent, count - sent, SocketFlags.None);
                }
            }

            connection.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The client is gone, and with it the only one who would want to know.
        }
    }

    /// <summary>Sends a datagram back to where it came from, an empty one too. A sender that cannot receive loses it, as datagrams may be lost.</summary>
    public static void Datagram(Socket socket)
    {
        EndPoint from = socket.AddressFamily switch
        {
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Any, 0),
            AddressFamily.InterNetwork => new IPEndPoint(IPAddress.Any, 0),
            _ => new UnixDomainSocketEndPoint("/"),
        };
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LongestDatagram);
        try
        {
            int count = socket.ReceiveFrom(buffer, ref from);
            socket.SendTo(buffer, count, SocketFlags.None, from);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
