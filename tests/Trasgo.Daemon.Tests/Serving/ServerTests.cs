using System.Net;
using System.Net.Sockets;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Serving;

public sealed class ServerTests : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    [Theory]
    [InlineData("iterative", true)]
    [InlineData("threaded", true)]
    [InlineData("forking", false)]
    public void Server_AskedOnIpv4AndIpv6_AnswersFromItsOwnOrAChildsProcess(string kind, bool isOwn)
    {
        var (server, port) = Server(kind);

        string?[] answers = [Ask(IPAddress.Loopback, port), Ask(IPAddress.IPv6Loopback, port), Ask(IPAddress.Loopback, port)];

        Assert.All(answers, answer => Assert.Equal(isOwn, answer == server.Id.ToString()));
        Assert.Equal(isOwn ? 1 : 3, answers.Distinct().Count());
    }

    [Theory]
    [InlineData("iterative", false)]
    [InlineData("threaded", true)]
    [InlineData("forking", true)]
    public void Server_WithAClientThatTakesItsTime_ServesTheOthersOnlyIfItIsConcurrent(string kind, bool isConcurrent)
    {
        var (_, port) = Server(kind);
        var slow = Holding(port);
        var second = Connect(port);
        second.Send("pid");

        if (isConcurrent)
        {
            Assert.NotNull(second.ReadLine());
            Assert.False(slow.HasAnswer);
        }
        else
        {
            Assert.False(second.HasAnswer);
        }

        slow.Send("go on");
        Assert.Equal("released", slow.ReadLine());
        if (!isConcurrent)
        {
            Assert.NotNull(second.ReadLine());
        }
    }

    [Theory]
    [InlineData("iterative")]
    [InlineData("threaded")]
    [InlineData("forking")]
    public void Server_ToldToStop_FinishesWhatItServesAndAcceptsNoMore(string kind)
    {
        var (server, port) = Server(kind);
        var slow = Holding(port);

        server.Signal(15);
        slow.Send("go on");

        Assert.Equal("released", slow.ReadLine());
        Assert.Equal("done", server.ReadLine());
        Assert.Equal(0, server.WaitForExit());
    }

    [Theory]
    [InlineData("threaded")]
    [InlineData("forking")]
    public void Server_ToldToStopWithAClientThatNeverEnds_EndsInTime(string kind)
    {
        var (server, port) = Server(kind, "--drain", "0.1");
        var slow = Holding(port);

        server.Signal(15);

        Assert.Equal("done", server.ReadUntil("done"));
        Assert.Null(slow.ReadLine());
    }

    [Theory]
    [InlineData("threaded")]
    [InlineData("forking")]
    public void Server_AtItsLimit_LetsTheNextOneWaitInTheQueue(string kind)
    {
        var (_, port) = Server(kind, "--most", "2");
        var first = Holding(port);
        var second = Holding(port);
        var third = Connect(port);
        third.Send("pid");
        Assert.False(third.HasAnswer);

        first.Send("go on");

        Assert.NotNull(third.ReadLine());
        Assert.False(second.HasAnswer);
    }

    [Fact]
    public void Forking_WithAChildThatFails_SaysSoGoesOnAndLeavesNoZombie()
    {
        var (server, port) = Server("forking");

        Assert.Null(Client.Ask(port, "fail"));

        Assert.Equal("error: a child ended with status 7", server.ReadLine());
        Assert.NotNull(Client.Ask(port, "pid"));
        Waiting.Until("the children's end", () => Peer.Run("/bin/ps", "-o", "pid=", "--ppid", server.Id.ToString()).Trim().Length == 0);
    }

    [Fact]
    public void Iterative_WithAClientThatIsGone_GoesOn()
    {
        var (server, port) = Server("iterative");
        for (int i = 0; i < 3; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(IPAddress.Loopback, port);
            socket.LingerState = new LingerOption(true, 0);   // a reset instead of an orderly end
        }

        Assert.Equal(server.Id.ToString(), Client.Ask(port, "pid"));
    }

    [Fact]
    public void Tcp_OfAPortInUse_NamesTheAddressAndTheError()
    {
        using var taken = ListenSockets.Tcp(0, IPAddress.Loopback)[0];
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var error = Assert.Throws<DaemonException>(() => ListenSockets.Tcp(port, IPAddress.Loopback));

        Assert.Equal((98, $"cannot listen on tcp 127.0.0.1:{port}: Address already in use"), (error.Errno, error.Message));
    }

    [Fact]
    public void Tcp_OfAnAddressThatIsNotOurs_SaysSo() =>
        Assert.Equal(99, Assert.Throws<DaemonException>(() => ListenSockets.Tcp(0, IPAddress.Parse("192.0.2.1"))).Errno);

    [Fact]
    public void Udp_OfAPortInUse_IsRefused()
    {
        using var taken = ListenSockets.Udp(0, IPAddress.Loopback)[0];

        Assert.Equal(98, Assert.Throws<DaemonException>(() => ListenSockets.Udp(((IPEndPoint)taken.LocalEndPoint!).Port, IPAddress.Loopback)).Errno);
    }

    [Fact]
    public void Tcp_WithoutAddresses_ListensOnAllWithOnePort()
    {
        var sockets = ListenSockets.Tcp(0);
        _owned.AddRange(sockets);

        Assert.Single(sockets.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port).Distinct());
        Assert.All(sockets, socket => Assert.True(((IPEndPoint)socket.LocalEndPoint!).Address is var address && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))));
    }

    public void Dispose() => _owned.ForEach(one => one.Dispose());

    private (Probe Server, int Port) Server(params string[] arguments)
    {
        var server = Probe.Start(["serve", .. arguments]);
        _owned.Add(server);
        return (server, int.Parse(server.ReadLine()!));
    }

    private static string? Ask(IPAddress address, int port)
    {
        using var client = new Client(address, port);
        client.Send("pid");
        return client.ReadLine();
    }

    private Client Connect(int port)
    {
        var client = new Client(IPAddress.Loopback, port);
        _owned.Add(client);
        return client;
    }

    private Client Holding(int port)
    {
        var client = Connect(port);
        client.Send("hold");
        Assert.Equal("held", client.ReadLine());
        return client;
    }
}
