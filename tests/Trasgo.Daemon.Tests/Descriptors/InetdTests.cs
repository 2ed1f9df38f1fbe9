using System.Net;
using System.Net.Sockets;
using System.Text;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;
using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Descriptors;

/// <summary>Debian's openbsd-inetd and xinetd start the probe.</summary>
public sealed class InetdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePorts.Next();

    [SkippableTheory]
    [InlineData("stream tcp nowait", "Connection 127.0.0.1:")]
    [InlineData("stream tcp wait", "Listener ")]
    public void Take_UnderOpenbsdInetd_HasTheSocketAndKeepsItFromTheStreams(string how, string expected)
    {
        using var inetd = Inetd($"127.0.0.1:{_port} {how} {Environment.UserName} {Probe.Path} probe inetd\n");

        for (int i = 0; i < 2; i++)
        {
            var (line, local) = Ask();
            Assert.Equal($"{expected}{(expected.EndsWith(':') ? local.Port : "")} /dev/null /dev/null /dev/null", line);
        }
    }

    [SkippableFact]
    public void Take_UnderOpenbsdInetdWithDatagrams_HasTheSocketThatReceives()
    {
        int port = FreePorts.Next();
        using var inetd = Inetd($"127.0.0.1:{port} dgram udp wait {Environment.UserName} {Probe.Path} probe inetd\n");
        using var socket = new UdpClient();
        socket.Connect(IPAddress.Loopback, port);
        string? answer = null;
        Waiting.Until("an answer", () =>
        {
            try
            {
                socket.Send("hello"u8);
                IPEndPoint? from = null;
                socket.Client.ReceiveTimeout = 2000;
                answer = Encoding.ASCII.GetString(socket.Receive(ref from));
            }
            catch (SocketException)
            {
                return false;
            }

            return true;
        });

        Assert.Equal("Datagram hello\n", answer);
    }

    [SkippableFact]
    public void Take_UnderXinetd_HasTheConnectionAndItsPeer()
    {
        Skip.If(Peer.Find("xinetd") is null, "xinetd is not there");
        File.WriteAllText(_folder["conf"], $$"""
            service probe
            {
                type = UNLISTED
                port = {{_port}}
                bind = 127.0.0.1
                socket_type = stream
                protocol = tcp
                wait = no
                user = {{Environment.UserName}}
                server = {{Probe.Path}}
                server_args = inetd
                env = DOTNET_ROOT={{Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "/usr/share/dotnet"}}
                disable = no
            }

            """);
        using var xinetd = Peer.Start(Peer.Find("xinetd")!, "-dontfork", "-f", _folder["conf"], "-filelog", _folder["log"], "-pidfile", _folder["pid"]);

        var (line, local) = Ask();

        Assert.Equal($"Connection 127.0.0.1:{local.Port} /dev/null /dev/null /dev/null", line);
    }

    [Fact]
    public void Take_FromAShell_SaysThatThereIsNoConnection()
    {
        var (status, _, errors) = Probe.RunUnder(["/bin/sh", "-c", $"exec {Probe.Path} inetd </dev/null"]);

        Assert.Equal((1, "probe: standard input is no connection from inetd: Socket operation on non-socket\n"), (status, errors));
    }

    [SkippableFact]
    public void Take_WithALogAsStandardError_LeavesThat()
    {
        Skip.If(Peer.Find("systemd-socket-activate") is null, "systemd-socket-activate is not installed");
        using var activator = Probe.StartUnder(
        [
            Peer.Find("systemd-socket-activate")!, "--accept", "--inetd", "-l", $"127.0.0.1:{_port}", "-E", "DOTNET_ROOT",
            "/bin/sh", "-c", $"exec {Probe.Path} inetd 2>>{_folder["log"]}",
        ]);

        var (line, local) = Ask();

        Assert.Equal($"Connection 127.0.0.1:{local.Port} /dev/null /dev/null {_folder["log"]}", line);
    }

    public void Dispose() => _folder.Dispose();

    private Peer Inetd(string configuration)
    {
        Skip.If(Peer.Find("inetd") is null, "openbsd-inetd is not there");
        File.WriteAllText(_folder["inetd.conf"], configuration);
        return Peer.Start(Peer.Find("inetd")!, "-E", "-i", _folder["inetd.conf"]);
    }

    /// <summary>What the server says, and where it was asked from; as soon as there is a server.</summary>
    private (string? Line, IPEndPoint Local) Ask()
    {
        Client? client = null;
        Waiting.Until("the port", () =>
        {
            try
            {
                client = new Client(IPAddress.Loopback, _port);
                return true;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        using (client)
        {
            return (client!.ReadLine(), (IPEndPoint)client.Local);
        }
    }
}
