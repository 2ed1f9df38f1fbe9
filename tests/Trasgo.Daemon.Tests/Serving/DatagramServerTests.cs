using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trasgo.Daemon.Tests.Serving;

public sealed class DatagramServerTests : IDisposable
{
    private readonly List<Socket> _sockets = [.. ListenSockets.Udp(0, IPAddress.IPv6Loopback, IPAddress.Loopback)];
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public void Serve_OfSeveralSockets_AnswersOnEachUntilItIsToldToStop()
    {
        var server = Start(() => DatagramServer.Serve(_sockets, Answer, _stop.Token));

        Assert.Equal("ONE", Ask(_sockets[0], "one"));
        Assert.Equal("TWO", Ask(_sockets[1], "two"));
        Assert.Equal("THREE", Ask(_sockets[0], "three"));
        _stop.Cancel();
        Assert.True(server.Join(TimeSpan.FromSeconds(20)), "the server does not end");
        Assert.True(_sockets[0].IsBound);
    }

    [Fact]
    public void Serve_ToldToStopBeforeItBegins_ServesNothing()
    {
        using var client = Connect(_sockets[0]);
        client.Send("early"u8);
        _stop.Cancel();

        DatagramServer.Serve(_sockets, _ => Assert.Fail("served"), _stop.Token);
    }

    [Fact]
    public void Serve_WithNothingToDo_EndsAfterItsIdleTimeAndLeavesTheNextDatagramInTheSocket()
    {
        int served = 0;
        using var client = Connect(_sockets[1]);
        client.Send("first"u8);

        DatagramServer.Serve(
            _sockets,
            socket =>
            {
                Answer(socket);
                served++;
            },
            _stop.Token,
            TimeSpan.FromMilliseconds(50));

        Assert.Equal(1, served);
        client.Send("next"u8);
        Assert.True(_sockets[1].Poll(TimeSpan.FromSeconds(20), SelectMode.SelectRead));
    }

    [Fact]
    public void Serve_OfASocketThatIsNeverEmpty_ServesTheOthersToo()
    {
        // Two on the first socket before there is one on the second: the second's turn comes before the first's second.
        using var busy = Connect(_sockets[0]);
        using var other = Connect(_sockets[1]);
        busy.Send("a"u8);
        busy.Send("b"u8);
        other.Send("c"u8);
        var order = new List<string>();

        DatagramServer.Serve(
            _sockets,
            socket =>
            {
                byte[] buffer = new byte[10];
                order.Add(Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer)));
                if (order.Count == 3)
                {
                    _stop.Cancel();
                }
            },
            _stop.Token);

        Assert.Equal(["a", "c", "b"], order);
    }

    [Fact]
    public void Serve_OfAHandlerThatFails_SaysSoAndGoesOn()
    {
        var errors = new List<SocketError>();
        var server = Start(() => DatagramServer.Serve(
            _sockets,
            socket =>
            {
                Answer(socket);
                socket.SendTo(new byte[70_000], (IPEndPoint)socket.LocalEndPoint!);   // longer than a datagram can be
            },
            _stop.Token,
            onError: error => errors.Add(error.SocketErrorCode)));

        Assert.Equal("ONE", Ask(_sockets[0], "one"));
        Assert.Equal("TWO", Ask(_sockets[0], "two"));
        _stop.Cancel();
        Assert.True(server.Join(TimeSpan.FromSeconds(20)), "the server does not end");
        Assert.Contains(SocketError.MessageSize, errors);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _sockets.ForEach(socket => socket.Dispose());
        _stop.Dispose();
    }

    private static Thread Start(Action serve)
    {
        var thread = new Thread(() => serve()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static Socket Connect(Socket to)
    {
        var client = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 20_000 };
        client.Connect(to.LocalEndPoint!);
        return client;
    }

    private static string Ask(Socket to, string words)
    {
        using var client = Connect(to);
        client.Send(Encoding.ASCII.GetBytes(words));
        byte[] buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer));
    }

    private static void Answer(Socket socket)
    {
        byte[] buffer = new byte[100];
        EndPoint from = socket.LocalEndPoint!;
        int count = socket.ReceiveFrom(buffer, ref from);
        socket.SendTo(Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(buffer, 0, count).ToUpperInvariant()), from);
    }
}
