using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Trasgo.Samples.Echo;

/// <summary>The protocol: connections until their end, datagrams one by one.</summary>
internal static class Echo
{
    private const int LongestDatagram = 65536;
    private const int StackSize = 256 * 1024;

    /// <summary>How often a server of datagrams looks up whether it is to stop.</summary>
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(200);

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

    /// <summary>Until the server is to stop, or nothing has come for as long as it may be idle. Each datagram goes back to where it came from, an empty one too.</summary>
    public static void Datagrams(Socket socket, TimeSpan idle, CancellationToken stop)
    {
        byte[] buffer = new byte[LongestDatagram];
        EndPoint any = socket.AddressFamily switch
        {
            AddressFamily.InterNetworkV6 => new IPEndPoint(IPAddress.IPv6Any, 0),
            AddressFamily.InterNetwork => new IPEndPoint(IPAddress.Any, 0),
            _ => new UnixDomainSocketEndPoint("/"),
        };
        long last = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested && Stopwatch.GetElapsedTime(last) < idle)
        {
            try
            {
                if (!socket.Poll(s_glance, SelectMode.SelectRead))
                {
                    continue;
                }

                last = Stopwatch.GetTimestamp();
                var from = any;
                int count = socket.ReceiveFrom(buffer, ref from);
                socket.SendTo(buffer, count, SocketFlags.None, from);
            }
            catch (SocketException)
            {
                // The sender has no way to receive, or closed its socket: its datagram is lost, as datagrams may be.
            }
        }
    }
}
