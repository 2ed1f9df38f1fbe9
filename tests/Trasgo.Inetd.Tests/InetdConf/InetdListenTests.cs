using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd.Tests.InetdConf;

/// <summary>Where a line of inetd.conf listens.</summary>
public sealed class InetdListenTests
{
    [Theory]
    [InlineData("ftp stream tcp", "inetd-ftp-tcp4=0.0.0.0:21 inetd-ftp-tcp6=[::]:21")]
    [InlineData("ftp stream tcp4", "inetd-ftp-tcp4=0.0.0.0:21")]
    [InlineData("ftp stream tcp6", "inetd-ftp-tcp6=[::]:21")]
    [InlineData("ftp stream tcp6only", "inetd-ftp-tcp6=[::]:21")]
    [InlineData("ftp stream tcp46", "inetd-ftp-tcp46=[::]:21+4")]
    [InlineData("mail stream tcp4", "inetd-mail-tcp4=0.0.0.0:25")]
    [InlineData("tftp dgram udp", "inetd-tftp-udp4=0.0.0.0:69 inetd-tftp-udp6=[::]:69")]
    [InlineData("tftp dgram udp46", "inetd-tftp-udp46=[::]:69+4")]
    [InlineData("3com-tsmux stream tcp4", @"inetd-3com\x2dtsmux-tcp4=0.0.0.0:106")]
    [InlineData("8080 stream tcp4", "inetd-8080-tcp4=0.0.0.0:8080")]
    [InlineData("127.0.0.1:ftp stream tcp", "inetd-ftp-tcp4-127.0.0.1=127.0.0.1:21")]
    [InlineData("[::1]:ftp stream tcp", "inetd-ftp-tcp6-::1=[::1]:21")]
    [InlineData("::1:ftp stream tcp", "inetd-ftp-tcp6-::1=[::1]:21")]
    [InlineData("*:ftp stream tcp4", "inetd-ftp-tcp4=0.0.0.0:21")]
    [InlineData(":ftp stream tcp4", "inetd-ftp-tcp4=0.0.0.0:21")]
    [InlineData("localhost:ftp stream tcp", "inetd-ftp-tcp4-127.0.0.1=127.0.0.1:21 inetd-ftp-tcp6-::1=[::1]:21")]
    [InlineData("HOST:ftp stream tcp", "inetd-ftp-tcp4-192.0.2.7=192.0.2.7:21")]
    [InlineData("127.0.0.1,192.0.2.7:ftp stream tcp", "inetd-ftp-tcp4-127.0.0.1=127.0.0.1:21 inetd-ftp-tcp4-192.0.2.7=192.0.2.7:21")]
    [InlineData("127.0.0.1: ftp stream tcp", "inetd-ftp-tcp4-127.0.0.1=127.0.0.1:21")]
    [InlineData("/run/a:b stream unix", @"inetd-unix-run-a:b=/run/a:b")]
    [InlineData("/run/s seqpacket unix", "inetd-unix-run-s=/run/s")]
    [InlineData("/run/d dgram unix", "inetd-unix-run-d=/run/d")]
    public void Line_WithAPlace_ListensThere(string start, string expected)
    {
        var world = new InetdWorld();

        var services = world.Read($"{start} wait root /bin/cat\n");

        Assert.Empty(world.Messages);
        Assert.Equal(expected, string.Join(' ', services.Select(Describe)));
    }

    [Theory]
    [InlineData("nothing stream tcp", "/etc/services has no service 'nothing' of tcp.")]
    [InlineData("tftp stream tcp", "/etc/services has no service 'tftp' of tcp.")]
    [InlineData("0 stream tcp", "/etc/services has no service '0' of tcp.")]
    [InlineData("65536 stream tcp", "/etc/services has no service '65536' of tcp.")]
    [InlineData("ftp stream sctp", "The protocol 'sctp' is not known: tcp, udp, with 4, 6 or 46 behind, and unix are.")]
    [InlineData("rusersd/1-3 dgram rpc/udp", "RPC services are not offered: there is no portmapper to register them with. Run the server as a service of its own.")]
    [InlineData("ftp raw tcp", "The kernel has no raw sockets of tcp that a server could be given.")]
    [InlineData("ftp seqpacket tcp", "The kernel has no seqpacket sockets of tcp that a server could be given.")]
    [InlineData("ftp rdm tcp", "The kernel has no rdm sockets of tcp that a server could be given.")]
    [InlineData("ftp steam tcp", "The socket type 'steam' is not known: stream, dgram and, with unix, seqpacket are.")]
    [InlineData("elsewhere:ftp stream tcp", "'elsewhere' is neither an address nor a name in /etc/hosts; no name server is asked.")]
    [InlineData("127.1:ftp stream tcp", "'127.1' is neither an address nor a name in /etc/hosts; no name server is asked.")]
    [InlineData("192.0.2.7:ftp stream tcp6", "'192.0.2.7' has no address that tcp6 could listen on.")]
    [InlineData("run/s stream unix", "'run/s' is no absolute path that fits into the address of a socket.")]
    [InlineData("/run/../s stream unix", "'/run/../s' is no absolute path that fits into the address of a socket.")]
    [InlineData("ftp stream tcp,sndbuf=64x", "'sndbuf=64x' is neither sndbuf=SIZE nor rcvbuf=SIZE.")]
    [InlineData("ftp stream tcp,sndbuf=4g", "'sndbuf=4g' is neither sndbuf=SIZE nor rcvbuf=SIZE.")]
    [InlineData("ftp stream tcp,size=4k", "'size=4k' is neither sndbuf=SIZE nor rcvbuf=SIZE.")]
    public void Line_WithoutAPlace_IsAnError(string start, string message)
    {
        var world = new InetdWorld();

        Assert.Empty(world.Read($"# one\n{start} nowait root /bin/cat\n"));

        Assert.Equal(["2: " + message], world.Messages);
        Assert.Equal([Severity.Error], world.Severities);
    }

    [Fact]
    public void DefaultHost_OnALineOfItsOwn_IsOfAllThatFollowUntilTheNext()
    {
        var services = new InetdWorld().Read("1 stream tcp4 nowait root /b\n127.0.0.1:\n2 stream tcp4 nowait root /b\n192.0.2.7:3 stream tcp4 nowait root /b\n*:\n4 stream tcp4 nowait root /b\n");

        Assert.Equal(["0.0.0.0:1", "127.0.0.1:2", "192.0.2.7:3", "0.0.0.0:4"], services.Select(static service => service.Address));
    }

    [Fact]
    public void IPv6_WhereTheKernelHasNone_IsLeftOut()
    {
        var world = new InetdWorld { HasIPv6 = false };

        var services = world.Read("ftp stream tcp nowait root /b\n25 stream tcp6 nowait root /b\n");

        Assert.Equal("0.0.0.0:21", Assert.Single(services).Address);
        Assert.Equal(["2: The kernel has no IPv6."], world.Messages);
    }

    [Fact]
    public void Place_OfTwoLines_IsOfTheLaterOne()
    {
        var world = new InetdWorld();

        var service = Assert.Single(world.Read("ftp stream tcp4 nowait root /bin/a\nftp stream tcp4 nowait root /bin/b\n"));

        Assert.Equal("/bin/b", service.Program);
        Assert.Equal(["2: ftp/tcp4 is in line 1 of /etc/inetd.conf, too; this line counts."], world.Messages);
    }

    [Fact]
    public void Files_OfTheDirectory_AreReadInOrderOfTheirNamesWithoutBackups()
    {
        var world = new InetdWorld();
        world.Files.Write("/etc/inetd.d/b", "2 stream tcp4 nowait root /b\n");
        world.Files.Write("/etc/inetd.d/a.conf", "1 stream tcp4 nowait root /b\n");
        world.Files.Write("/etc/inetd.d/b~", "3 stream tcp4 nowait root /b\n");
        world.Files.Write("/etc/inetd.d/b.dpkg-old", "4 stream tcp4 nowait root /b\n");
        world.Files.Write("/etc/inetd.d/.b", "5 stream tcp4 nowait root /b\n");

        Assert.Equal(["/etc/inetd.d/a.conf:1", "/etc/inetd.d/b:1"], world.Read().Select(static service => service.Source.ToString()));
    }

    [Fact]
    public void SocketUnit_OfALine_SaysWhereItIsFrom()
    {
        var service = InetdWorld.One("# x\nftp stream tcp6,sndbuf=64k,rcvbuf=1m nowait.7 root /bin/cat cat");
        var read = new ReadService(service);

        Assert.Empty(read.Complaints);
        Assert.Equal("ftp/tcp6 (/etc/inetd.conf:2)", read.Socket.Unit.Description);
        Assert.Equal("/etc/inetd.conf", read.Socket.Unit.SourcePath);
        Assert.Equal("[::]:21", Assert.Single(read.Socket.Ports).Address);
        Assert.Equal(BindIPv6Only.Ipv6Only, read.Socket.BindIPv6Only);
        Assert.Equal((65536UL, 1048576UL, 128U), (read.Socket.SendBuffer, read.Socket.ReceiveBuffer, read.Socket.Backlog));
        Assert.True(read.Socket is { Accept: true, FreeBind: true, RemoveOnStop: false, TriggerLimitInterval: 60_000_000, TriggerLimitBurst: 7 });
    }

    private static string Describe(SuperService service) => $"{service.Name}={service.Address}{(service.IsDualStack ? "+4" : "")}";
}
