using Trasgo.Bus.Server;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Server;

public sealed class BusServerTests
{
    [Fact]
    public void Call_Method_IsAnswered()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        using var reply = client.Call(TestServer.Call("Echo", static w => w.String("hola")));
        Assert.Equal(MessageType.MethodReturn, reply.Type);
        Assert.Equal("hola", reply.Read().String());
        Assert.Equal(TestServer.OwnUid, Assert.Single(server.Server.Peers).Uid);
    }

    [Fact]
    public void Call_AnsweredLater_ReachesTheCaller()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var call = TestServer.Call("Later");
        Assert.Equal(Errno.None, client.Send(call));
        server.Settle();
        var kept = Assert.Single(server.Kept);
        kept.ReplyString("at last");
        kept.ReplyString("twice");
        using var reply = client.Call(TestServer.Call("Echo", static w => w.String("x")));
        Assert.Equal("x", reply.Read().String());
    }

    [Theory]
    [InlineData("Nope", TestServer.Name, TestServer.Path, BusErrorNames.UnknownMethod, "Unknown method Nope or interface net.example.Spirit.")]
    [InlineData("Echo", "a.b", TestServer.Path, BusErrorNames.UnknownMethod, "Unknown method Echo or interface a.b.")]
    [InlineData("Echo", TestServer.Name, "/nowhere", BusErrorNames.UnknownObject, "Unknown object '/nowhere'.")]
    [InlineData("Echo", TestServer.Name, TestServer.Path + "/unit/bad", BusErrorNames.InvalidArgs, "bad is no unit")]
    [InlineData("Echo", TestServer.Name, TestServer.Path + "/unit/x", BusErrorNames.UnknownObject, "Unknown object '/net/example/Spirit/unit/x'.")]
    [InlineData("Echo", TestServer.Name, TestServer.Path, BusErrorNames.InvalidArgs, "Invalid arguments '' to call net.example.Spirit.Echo(), expecting 's'.")]
    [InlineData("Throw", TestServer.Name, TestServer.Path, BusErrorNames.Failed, "Internal error: thrown")]
    public void Call_ThatCannotBe_IsAnsweredAsBySdBus(string member, string name, string path, string error, string text)
    {
        using var server = new TestServer();
        using var client = server.Connect();
        using var reply = client.Call(TestServer.Call(member, null, name, path));
        Assert.Equal(MessageType.Error, reply.Type);
        Assert.Equal(error, reply.ErrorName);
        Assert.Equal(text, reply.Read().String());
    }

    [Fact]
    public void Call_ManyPipelined_AreAllAnsweredInOrder()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        for (var i = 0; i < 500; i++)
        {
            using var call = TestServer.Call("Echo", w => w.String("n" + i));
            Assert.Equal(Errno.None, client.Send(call));
        }

        using var last = client.Call(TestServer.Call("Echo", static w => w.String("last")));
        Assert.Equal("last", last.Read().String());
        Assert.Equal(501u, last.ReplySerial);
    }

    [Fact]
    public void Call_WithDescriptor_TravelsBothWays()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var (mine, other) = BusSocket.Pair();
        using var reply = client.Call(TestServer.Call("Swap", w => w.Descriptor(mine.Handle)));
        Assert.Equal("h", reply.Signature);
        mine.Dispose();
        var received = reply.Read().Descriptor();
        Assert.NotNull(received);
        var same = new BusSocket(received);
        Assert.True(same.TrySend("through"u8, []).Ok);
        var buffer = new byte[16];
        Assert.Equal(7, other.TryReceive(buffer, []).Value);
        other.Dispose();
    }

    [Fact]
    public void Broadcast_DirectClient_GetsEverySignal()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        using var signal = BusMessage.Signal(TestServer.Path, TestServer.Name, "Moved");
        signal.Body.String("a");
        signal.Body.ObjectPath("/a");
        server.Server.Broadcast(signal);
        var received = client.ReadSignal();
        Assert.True(received.Ok);
        Assert.Equal("Moved", received.Value.Member);
        Assert.Null(received.Value.Sender);
    }

    [Fact]
    public void Peer_ThatBreaksTheProtocol_IsClosedAndOthersLive()
    {
        using var server = new TestServer();
        using var bad = server.Connect();
        using var good = server.Connect();
        Assert.Equal(2, server.Server.PeerCount);
        using var broken = new BusMessage { Type = MessageType.MethodCall, Path = "/a", Member = "B", Signature = "s", Payload = new byte[3] };
        bad.Send(broken);
        server.Settle();
        Assert.Equal(1, server.Server.PeerCount);
        using var reply = good.Call(TestServer.Call("Echo", static w => w.String("alive")));
        Assert.Equal("alive", reply.Read().String());
    }

    [Fact]
    public void Disconnected_ReadyPeer_IsTold()
    {
        using var server = new TestServer();
        var gone = 0;
        server.Server.Disconnected += _ => gone++;
        server.Connect().Dispose();
        server.Dial().Dispose();
        server.Settle();
        Assert.Equal(1, gone);
        Assert.Equal(0, server.Server.PeerCount);
    }
}
