using System.Net;
using System.Runtime.InteropServices;

namespace Trasgo.Linux.Tests;

/// <summary>Addresses as the kernel takes them, and as people read them.</summary>
public sealed class SocketAddressTests
{
    [Theory]
    [InlineData("10.0.0.1", 0, "10.0.0.1:80", "10.0.0.1")]
    [InlineData("::1", 0, "[::1]:80", "::1")]
    [InlineData("fe80::2", 3, "[fe80::2]:80%3", "fe80::2%3")]
    [InlineData("::ffff:10.0.0.1", 0, "10.0.0.1:80", "10.0.0.1")]
    public void Text_OfAnIpAddress_ShowsTheHostAndThePort(string host, uint scope, string withPort, string without)
    {
        var address = SocketAddress.Internet(IPAddress.Parse(host), 80, scope);

        Assert.Equal((withPort, without, 80U), (address.ToText(withPort: true), address.ToText(withPort: false), address.Port));
    }

    [Fact]
    public void Text_OfVsock_HasContextAndPort()
    {
        var address = SocketAddress.Vsock(2, 1024);

        Assert.Equal(("vsock:2:1024", "vsock:2"), (address.ToText(withPort: true), address.ToText(withPort: false)));
        Assert.Equal((AddressFamily.Vsock, 16U), (address.Family, address.Length));
    }

    [Fact]
    public void UnixPath_EndsInANul_AndAnAbstractNameBeginsWithOne()
    {
        Assert.Equal("\u0001\0/a\0"u8.ToArray(), SocketAddress.Unix("/a")!.Value.Bytes.ToArray());
        Assert.Equal("\u0001\0\0a"u8.ToArray(), SocketAddress.Unix("@a")!.Value.Bytes.ToArray());
    }

    [Theory]
    [InlineData('/', 107, true)]
    [InlineData('/', 108, false)]
    [InlineData('@', 108, true)]
    [InlineData('@', 109, false)]
    public void UnixPath_ThatIsTooLong_HasNoAddress(char first, int length, bool fits) =>
        Assert.Equal(fits, SocketAddress.Unix(first + new string('x', length - 1)) is not null);

    [Fact]
    public void Accepted_KnowsItsPeer_AsGetpeernameDoes()
    {
        using var listener = ListenSocket.Create(AddressFamily.Internet, SocketType.Stream).OrThrow("socket");
        ListenSocket.Bind(listener, SocketAddress.Internet(IPAddress.Loopback, 0)).OrThrow("bind");
        ListenSocket.Listen(listener, 1).OrThrow("listen");
        var port = (int)ListenSocket.LocalAddress(listener).Value.Port;
        using var client = new System.Net.Sockets.TcpClient(System.Net.Sockets.AddressFamily.InterNetwork);
        client.Connect(IPAddress.Loopback, port);

        using var connection = ListenSocket.Accept(listener, out var peer).OrThrow("accept4");

        Assert.Equal(client.Client.LocalEndPoint!.ToString(), peer.ToText(withPort: true));
        Assert.Equal(peer.Bytes.ToArray(), ListenSocket.PeerAddress(connection).Value.Bytes.ToArray());
        Assert.Equal(Errno.EAGAIN, ListenSocket.Accept(listener, out _).Error);
    }

    [Fact]
    public void Flush_TakesConnectionsAndDatagrams()
    {
        using var directory = new TemporaryDirectory();
        using var stream = UnixSocket.Listen(directory["s"], SocketType.Stream).Value;
        using var datagrams = UnixSocket.Listen(directory["d"], SocketType.Datagram).Value;
        using var first = UnixSocket.Connect(directory["s"]).Value;
        using var second = UnixSocket.Connect(directory["d"], SocketType.Datagram).Value;
        UnixSocket.Send(second, "x"u8);

        ListenSocket.Flush(stream, accepts: true, 10);
        ListenSocket.Flush(datagrams, accepts: false, 10);

        Assert.False(ListenSocket.HasTraffic(stream));
        Assert.False(ListenSocket.HasTraffic(datagrams));
    }

    [Fact]
    public void Fifo_OfSomebodyWithOtherRights_IsNotTaken()
    {
        using var directory = new TemporaryDirectory();
        FileSystem.MakeFifo(directory["f"], 0x180).OrThrow("mkfifo");

        Assert.Equal(Errno.EEXIST, ListenFile.OpenFifo(directory["f"], 0x1A4).Error);
        using var taken = ListenFile.OpenFifo(directory["f"], 0x180).OrThrow("open");
    }

    [Fact]
    public void Special_IsADeviceOrAKernelFile_AndNoDirectory()
    {
        using var device = ListenFile.OpenSpecial("/dev/null", writable: true).OrThrow("open");

        Assert.Equal(Errno.EEXIST, ListenFile.OpenSpecial("/", writable: false).Error);
    }

    [SkippableFact]
    public void MessageQueue_IsMadeWithItsLimits_AndRemoved()
    {
        var name = $"/trasgo-test-{Environment.ProcessId}";
        var opened = MessageQueue.Open(name, 0x180, 3, 100);
        Skip.If(opened.Error is Errno.ENOSYS or Errno.EACCES, "no message queues here");

        using var queue = opened.OrThrow("mq_open");

        Assert.Equal(Errno.None, MessageQueue.Remove(name));
        Assert.Equal(Errno.ENOENT, MessageQueue.Remove(name));
    }
}
