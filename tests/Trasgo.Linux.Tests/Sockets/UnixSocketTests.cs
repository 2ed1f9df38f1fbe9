namespace Trasgo.Linux.Tests;

public sealed class UnixSocketTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Listen_OnAPath_CreatesTheFileWithTheMode()
    {
        using var listener = UnixSocket.Listen(_directory["socket"], SocketType.Stream, 0x180).OrThrow("listen");

        var status = FileSystem.Status(_directory["socket"]).OrThrow("stat");

        Assert.True(status.IsSocket);
        Assert.Equal(0x180u, status.Permissions);
    }

    [Fact]
    public void Listen_WhereASocketIsLeftOver_ReplacesIt()
    {
        UnixSocket.Listen(_directory["socket"], SocketType.Stream).OrThrow("listen").Dispose();

        using var listener = UnixSocket.Listen(_directory["socket"], SocketType.Stream).OrThrow("listen again");
        using var client = UnixSocket.Connect(_directory["socket"]).OrThrow("connect");

        Assert.True(UnixSocket.Accept(listener).Ok);
    }

    [Fact]
    public void Listen_WhereAFileIs_LeavesItAlone()
    {
        File.WriteAllText(_directory["socket"], "precious");

        Assert.Equal(Errno.EADDRINUSE, UnixSocket.Listen(_directory["socket"], SocketType.Stream).Error);
        Assert.Equal("precious", File.ReadAllText(_directory["socket"]));
    }

    [Fact]
    public void Accept_WithNobodyWaiting_SaysAgain()
    {
        using var listener = UnixSocket.Listen(_directory["socket"], SocketType.Stream).OrThrow("listen");

        Assert.Equal(Errno.EAGAIN, UnixSocket.Accept(listener).Error);
    }

    [Fact]
    public void Path_LongerThanAnAddress_WorksAllTheSame()
    {
        var deep = Path.Combine(_directory.Path, new string('d', 100));
        Directory.CreateDirectory(deep);
        var path = Path.Combine(deep, new string('n', 60));

        using var listener = UnixSocket.Listen(path, SocketType.Stream).OrThrow("listen");
        using var client = UnixSocket.Connect(path).OrThrow("connect");

        Assert.True(FileSystem.Status(path).Value.IsSocket);
    }

    [Fact]
    public void Abstract_Name_LeavesNoFile()
    {
        var name = $"@trasgo-test-{Guid.NewGuid():N}";
        using var listener = UnixSocket.Listen(name, SocketType.Stream).OrThrow("listen");
        using var client = UnixSocket.Connect(name).OrThrow("connect");

        Assert.True(UnixSocket.Accept(listener).Ok);
    }

    [Fact]
    public void Peer_OfAPair_IsThisProcess()
    {
        var (a, b) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        using (a)
        using (b)
        {
            var peer = UnixSocket.Peer(a).OrThrow("SO_PEERCRED");

            Assert.Equal((ProcessControl.Pid, ProcessControl.Uid, ProcessControl.Gid), (peer.Pid, peer.Uid, peer.Gid));
        }
    }

    [Fact]
    public void Message_WithDescriptorsAndCredentials_DeliversBoth()
    {
        var (a, b) = UnixSocket.Pair(SocketType.Datagram).OrThrow("socketpair");
        using (a)
        using (b)
        {
            UnixSocket.PassCredentials(b).OrThrow("SO_PASSCRED");
            File.WriteAllText(_directory["file"], "content");
            using var file = FileSystem.Open(_directory["file"], OpenFlags.ReadOnly).OrThrow("open");
            UnixSocket.Send(a, "FDSTORE=1"u8, [file, file]).OrThrow("sendmsg");

            var buffer = new byte[64];
            var message = UnixSocket.Receive(b, buffer).OrThrow("recvmsg");

            Assert.Equal("FDSTORE=1", System.Text.Encoding.UTF8.GetString(buffer, 0, message.Length));
            Assert.Equal(ProcessControl.Pid, message.Credentials?.Pid);
            Assert.Equal(2, message.Descriptors.Length);
            Assert.Equal("content", System.Text.Encoding.UTF8.GetString(FileSystem.Read(message.Descriptors[1], 100).Value));
            Assert.False(message.IsTruncated || message.IsControlTruncated);
            message.DropDescriptors();
        }
    }

    [Fact]
    public void Message_WithTheMostDescriptors_DeliversAllAndOneMoreIsRefused()
    {
        var (a, b) = UnixSocket.Pair(SocketType.Datagram).OrThrow("socketpair");
        using (a)
        using (b)
        {
            using var file = FileSystem.Open("/dev/null", OpenFlags.ReadOnly).OrThrow("open");
            var most = Enumerable.Repeat(file, UnixSocket.MaximumDescriptors).ToArray();
            UnixSocket.PassCredentials(b).OrThrow("SO_PASSCRED");

            UnixSocket.Send(a, "x"u8, most).OrThrow("sendmsg");
            var message = UnixSocket.Receive(b, new byte[8]).OrThrow("recvmsg");

            Assert.Equal(UnixSocket.MaximumDescriptors, message.Descriptors.Length);
            Assert.NotNull(message.Credentials);
            Assert.False(message.IsControlTruncated);
            Assert.Equal(Errno.E2BIG, UnixSocket.Send(a, "x"u8, [.. most, file]).Error);
            message.DropDescriptors();
        }
    }

    [Fact]
    public void Datagram_LargerThanTheBuffer_IsMarkedTruncated()
    {
        var (a, b) = UnixSocket.Pair(SocketType.Datagram).OrThrow("socketpair");
        using (a)
        using (b)
        {
            UnixSocket.Send(a, new byte[100]).OrThrow("sendmsg");

            Assert.True(UnixSocket.Receive(b, new byte[10]).Value.IsTruncated);
        }
    }

    [Fact]
    public void Datagram_Empty_IsReceivedAsLengthZero() // CVE-2016-7795: an empty notification is a message, not an end.
    {
        var (a, b) = UnixSocket.Pair(SocketType.Datagram).OrThrow("socketpair");
        using (a)
        using (b)
        {
            UnixSocket.Send(a, []).OrThrow("sendmsg");

            var message = UnixSocket.Receive(b, new byte[10]);

            Assert.True(message.Ok);
            Assert.Equal(0, message.Value.Length);
            Assert.Equal(Errno.EAGAIN, UnixSocket.Receive(b, new byte[10]).Error);
        }
    }

    [Fact]
    public void Send_ToAClosedPeer_IsAnErrorAndNoSignal()
    {
        var (a, b) = UnixSocket.Pair(SocketType.Stream).OrThrow("socketpair");
        b.Dispose();

        Assert.Equal(Errno.EPIPE, UnixSocket.Send(a, "x"u8).Error);
        a.Dispose();
    }
}
