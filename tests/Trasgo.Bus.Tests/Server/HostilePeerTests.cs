using System.Buffers.Binary;
using Trasgo.Bus.Authentication;
using Trasgo.Bus.Server;
using Trasgo.Bus.Tests.Wire;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Server;

public sealed class HostilePeerTests
{
    // The peer of a socket pair is this process: a server that belongs to another user must not say a byte to it.
    [SkippableFact]
    public void Accept_ForeignUser_IsClosedBeforeAnyByte()
    {
        Skip.If(TestServer.OwnUid == 0, "root may always connect");
        using var server = new TestServer(new BusServerOptions { OwnUid = TestServer.OwnUid + 1 });
        using var socket = server.Dial();
        Assert.Equal(0, server.Server.PeerCount);
        Assert.Equal(0, socket.TryReceive(new byte[16], []).Value);
    }

    [Fact]
    public void HalfOpen_FiveThousand_LeaveTheOldestOut()
    {
        using var server = new TestServer();
        using var early = server.Connect();
        var sockets = new List<BusSocket>();
        for (var i = 0; i < 5000; i++)
        {
            var socket = server.Dial();
            if (i % 10 == 0)
            {
                socket.TrySend("\0AUTH"u8, []);
            }

            // The server has dropped the older ones; their ends here may go as well.
            sockets.Add(socket);
            if (sockets.Count > 200)
            {
                sockets[0].Dispose();
                sockets.RemoveAt(0);
            }

            server.Loop.RunOnce(0);
        }

        Assert.InRange(server.Server.PeerCount, 2, server.Server.Options.HalfOpenAtMost + 1);
        Assert.InRange(server.Server.PartialBytes, 0, 1024 * 1024);
        using var late = server.Connect();
        using var reply = early.Call(TestServer.Call("Echo", static w => w.String("still here")));
        Assert.Equal("still here", reply.Read().String());
        sockets.ForEach(static socket => socket.Dispose());
    }

    [Fact]
    public void HalfOpen_TooLong_IsClosed()
    {
        using var server = new TestServer();
        using var silent = server.Dial();
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
        server.Time.Advance(server.Server.Options.AuthenticationTimeoutUsec + 1);
        server.Settle();
        Assert.Equal(0, server.Server.PeerCount);
    }

    [Fact]
    public void Ready_NeverTimesOut()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        server.Time.Advance(3600_000_000);
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
    }

    [Fact]
    public void SlowReader_BeyondTheBound_IsDisconnectedAndMemoryComesBack()
    {
        using var server = new TestServer(new BusServerOptions { OwnUid = TestServer.OwnUid, QueuedBytesPerPeer = 4 * 1024 * 1024 });
        using var slow = server.Connect();
        using var signal = BusMessage.Signal(TestServer.Path, TestServer.Name, "Moved");
        signal.Body.String(new string('x', 10_000));
        signal.Body.ObjectPath("/a");
        for (var i = 0; i < 2000; i++)
        {
            server.Server.Broadcast(signal);
            server.Loop.RunOnce(0);
        }

        Assert.Equal(0, server.Server.PeerCount);
    }

    [Fact]
    public void SlowReaders_BeyondTheBoundTogether_LoseTheSlowestOnly()
    {
        const int Bound = 4 * 1024 * 1024;
        using var server = new TestServer(new BusServerOptions { OwnUid = TestServer.OwnUid, QueuedBytesInAll = Bound });
        var slow = Enumerable.Range(0, 8).Select(_ => server.Connect()).ToArray();
        using var signal = BusMessage.Signal(TestServer.Path, TestServer.Name, "Moved");
        signal.Body.String(new string('x', 10_000));
        signal.Body.ObjectPath("/a");
        for (var i = 0; i < 200; i++)
        {
            server.Server.Broadcast(signal);
            server.Loop.RunOnce(0);
            Assert.InRange(server.Server.QueuedBytes, 0, Bound);
        }

        Assert.InRange(server.Server.PeerCount, 1, 7);
        using var late = server.Connect();
        using var reply = late.Call(TestServer.Call("Echo", static w => w.String("x")));
        Assert.Equal("x", reply.Read().String());
        Array.ForEach(slow, static client => client.Dispose());
        server.Settle();
        Assert.Equal(0, server.Server.QueuedBytes);
    }

    [Fact]
    public void Reply_LongerThanABlock_ArrivesWhole()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        foreach (var size in (ReadOnlySpan<int>)[1, 65_000, 65_536, 65_537, 300_000, 2_000_000])
        {
            using var reply = client.Call(TestServer.Call("Blob", w => w.UInt32((uint)size)));
            Assert.Equal(size, reply.Read().ByteArray().Length);
        }
    }

    [Fact]
    public void CallerThatDoesNotRead_IsNotReadFromEither()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        for (var i = 0; i < 200; i++)
        {
            using var call = TestServer.Call("Blob", static w => w.UInt32(1024 * 1024));
            client.Send(call);
        }

        server.Settle();
        Assert.InRange(Assert.Single(server.Server.Peers).QueuedBytes, 1, 8 * 1024 * 1024);
    }

    [Fact]
    public void HugeLength_ReservesNothing()
    {
        using var server = new TestServer();
        using var socket = server.Dial();
        socket.TrySend(SaslClient.Opening, []);
        var start = new byte[16];
        start[0] = (byte)'l';
        start[1] = 1;
        start[3] = 1;
        BinaryPrimitives.WriteUInt32LittleEndian(start.AsSpan(4), BusLimits.IncomingMessageBytes / 2);
        start[8] = 1;
        socket.TrySend(start, []);
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
        Assert.InRange(server.Server.PartialBytes, 1, 64 * 1024);
        start[7] = 0x70;
        using var second = server.Dial();
        second.TrySend(SaslClient.Opening, []);
        second.TrySend(start, []);
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
    }

    [Fact]
    public void LongPath_IsRefusedWithoutRecursion()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var longest = string.Concat(Enumerable.Repeat("/a", BusLimits.PathBytes / 2));
        using var reply = client.Call(TestServer.Call("Echo", static w => w.String("x"), path: longest));
        Assert.Equal(BusErrorNames.UnknownObject, reply.ErrorName);
        using var other = server.Connect();
        using var refused = other.Call(TestServer.Call("Echo", static w => w.String("x"), path: longest + "/b"));
        Assert.Equal(MessageType.Error, refused.Type);
    }

    [Fact]
    public void Conversations_RandomlyMutated_NeverBringTheServerDown()
    {
        using var server = new TestServer();
        var random = new Random(42);
        using var call = TestServer.Call("Echo", static w => w.String("x"));
        byte[] good = [.. SaslClient.Opening, .. HeaderCodecTests.Encode(call, 1), .. HeaderCodecTests.Encode(call, 2)];
        for (var round = 0; round < 3000; round++)
        {
            var bytes = (byte[])good.Clone();
            for (var i = random.Next(4); i >= 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using var socket = server.Dial();
            var cut = random.Next(bytes.Length);
            socket.TrySend(bytes.AsSpan(0, cut), []);
            server.Loop.RunOnce(0);
            socket.TrySend(bytes.AsSpan(cut), []);
            server.Loop.RunOnce(0);
        }

        using var client = server.Connect();
        using var reply = client.Call(TestServer.Call("Echo", static w => w.String("alive")));
        Assert.Equal("alive", reply.Read().String());
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
        Assert.Equal(0, server.Server.PartialBytes);
    }
}
