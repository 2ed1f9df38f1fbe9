using System.Net;
using System.Net.Sockets;
using System.Text;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;
using Trasgo.Tests.Shared;

namespace Trasgo.Samples.Tests;

public sealed class EchoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _owned = [];

    [SkippableFact]
    public void Echo_WithoutActivation_AnswersStreamsAndDatagramsOnBothProtocols()
    {
        var server = Sample.Start(Sample.Path("echo"), "--address", "::1", "--address", "127.0.0.1", "--port", "0");
        _owned.Add(server);
        var points = server.ReadLine()!.Split(", ").Select(text => text.Split(' ')).ToArray();
        Assert.Equal(["tcp", "tcp", "udp", "udp"], points.Select(point => point[0]));

        foreach (var point in points)
        {
            var to = IPEndPoint.Parse(point[1]);
            using var socket = new Socket(to.AddressFamily, point[0] == "tcp" ? SocketType.Stream : SocketType.Dgram, point[0] == "tcp" ? ProtocolType.Tcp : ProtocolType.Udp);
            socket.Connect(to);
            Assert.Equal("to " + to, Ask(socket, "to " + to));
        }

        Assert.InRange(Sample.Memory(server.Id), 1, 15 * 1024);
        server.Terminate();
        Assert.Equal(0, server.WaitForExit());
    }

    [SkippableFact]
    public void Echo_OfMuchThroughNetcat_SendsEveryByteBack()
    {
        Skip.If(Peer.Find("nc.openbsd", "nc") is null, "netcat is not there");
        var server = Sample.Start(Sample.Path("echo"), "--tcp", "--address", "127.0.0.1", "--port", "0");
        _owned.Add(server);
        int port = IPEndPoint.Parse(server.ReadLine()!.Split(' ')[1]).Port;
        byte[] sent = new byte[1 << 20];
        new Random(1).NextBytes(sent);
        File.WriteAllBytes(_folder["sent"], sent);

        Peer.Run("/bin/sh", "-c", $"{Peer.Find("nc.openbsd", "nc")} -N 127.0.0.1 {port} <{_folder["sent"]} >{_folder["received"]}");

        Assert.True(sent.AsSpan().SequenceEqual(File.ReadAllBytes(_folder["received"])));
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public void Echo_BySystemdSocketActivate_AnswersOnTheSocketsOfItsStarter(bool isDatagram)
    {
        Skip.If(Peer.Find("systemd-socket-activate") is null, "systemd-socket-activate is not installed");
        int port = FreePorts.Next();
        string[] kind = isDatagram ? ["--datagram"] : [];
        _owned.Add(Sample.Start([Peer.Find("systemd-socket-activate")!, .. kind, "-l", $"127.0.0.1:{port}", "-l", _folder["socket"], Sample.Path("echo")]));
        Waiting.Until("the sockets", () => File.Exists(_folder["socket"]));

        using var internet = new Socket(AddressFamily.InterNetwork, isDatagram ? SocketType.Dgram : SocketType.Stream, isDatagram ? ProtocolType.Udp : ProtocolType.Tcp);
        internet.Connect(IPAddress.Loopback, port);
        Assert.Equal("internet", Ask(internet, "internet"));
        using var local = new Socket(AddressFamily.Unix, isDatagram ? SocketType.Dgram : SocketType.Stream, ProtocolType.Unspecified);
        if (isDatagram)
        {
            local.Bind(new UnixDomainSocketEndPoint(_folder["client"]));
        }

        local.Connect(new UnixDomainSocketEndPoint(_folder["socket"]));
        Assert.Equal("local", Ask(local, "local"));
    }

    [SkippableFact]
    public void Echo_UnderInetdWithDatagrams_Answers()
    {
        Skip.If(Peer.Find("inetd") is null, "openbsd-inetd is not there");
        int port = FreePorts.Next();
        File.WriteAllText(_folder["inetd.conf"], $"127.0.0.1:{port} dgram udp wait {Environment.UserName} {Sample.Path("echo")} echo --inetd\n");
        _owned.Add(Peer.Start(Peer.Find("inetd")!, "-i", _folder["inetd.conf"]));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Connect(IPAddress.Loopback, port);

        string? answer = null;
        Waiting.Until("an answer", () =>
        {
            try
            {
                answer = Ask(socket, "hello");
                return true;
            }
            catch (SocketException)
            {
                return false;   // inetd is not listening yet
            }
        });

        Assert.Equal("hello", answer);
    }

    [SkippableFact]
    public void Arguments_ThatMakeNoSense_AreAUsageError() => Assert.Equal(2, Sample.Run(Sample.Path("echo"), "--tcp", "--udp").Status);

    public void Dispose()
    {
        _owned.ForEach(one => one.Dispose());
        _folder.Dispose();
    }

    private static string Ask(Socket socket, string words)
    {
        socket.ReceiveTimeout = 10_000;
        socket.Send(Encoding.ASCII.GetBytes(words));
        byte[] buffer = new byte[1000];
        return Encoding.ASCII.GetString(buffer, 0, socket.Receive(buffer));
    }
}
