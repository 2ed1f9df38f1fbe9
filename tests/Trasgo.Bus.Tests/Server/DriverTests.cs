using Trasgo.Bus.Client;
using Trasgo.Bus.Driver;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Server;

public sealed class DriverTests
{
    [Fact]
    public void Hello_GivesAName_AndSecondHelloIsRefused()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        Assert.Equal(":1.1", Ask(client, "Hello").Read().String());
        Assert.Equal(BusErrorNames.Failed, Ask(client, "Hello").ErrorName);
    }

    [Fact]
    public void Hello_ThenOnlyMatchingSignalsCome()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        Ask(client, "Hello");
        Ask(client, "AddMatch", static w => w.String("type='signal',member='Wanted'"));
        foreach (var member in (string[])["Other", "Wanted"])
        {
            using var signal = BusMessage.Signal(TestServer.Path, TestServer.Name, member);
            server.Server.Broadcast(signal);
        }

        Assert.Equal("NameAcquired", client.ReadSignal().Value.Member);
        var wanted = client.ReadSignal().Value;
        Assert.Equal("Wanted", wanted.Member);
        Assert.Equal(":1.0", wanted.Sender);
        Ask(client, "RemoveMatch", static w => w.String("type='signal',member='Wanted'"));
        Assert.Equal(BusErrorNames.MatchRuleNotFound, Ask(client, "RemoveMatch", static w => w.String("member='Wanted'")).ErrorName);
        Assert.Equal(BusErrorNames.MatchRuleInvalid, Ask(client, "AddMatch", static w => w.String("x")).ErrorName);
    }

    [Fact]
    public void Names_OfTheServer_AreOwned()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        Ask(client, "Hello");
        Assert.Equal(":1.0", Ask(client, "GetNameOwner", static w => w.String(TestServer.Name)).Read().String());
        Assert.True(Ask(client, "NameHasOwner", static w => w.String(":1.1")).Read().Boolean());
        Assert.False(Ask(client, "NameHasOwner", static w => w.String("a.b")).Read().Boolean());
        Assert.Equal(BusErrorNames.NameHasNoOwner, Ask(client, "GetNameOwner", static w => w.String("a.b")).ErrorName);
        Assert.Equal(["org.freedesktop.DBus", TestServer.Name, ":1.0", ":1.1"], Ask(client, "ListNames").Read().StringArray());
        Assert.Equal(TestServer.OwnUid, Ask(client, "GetConnectionUnixUser", static w => w.String(":1.1")).Read().UInt32());
    }

    [Fact]
    public void Monitor_SeesCallsAndReplies()
    {
        using var server = new TestServer();
        using var monitor = server.Connect();
        Ask(monitor, "Hello");
        Ask(monitor, "BecomeMonitor", static w =>
        {
            w.StringArray([]);
            w.UInt32(0);
        }, "org.freedesktop.DBus.Monitoring");
        using var client = server.Connect();
        client.Call(TestServer.Call("Echo", static w => w.String("seen"))).Dispose();
        server.Settle();
        var seen = 0;
        foreach (var peer in server.Server.Peers)
        {
            seen += peer.IsMonitor ? 1 : 0;
        }

        Assert.Equal(1, seen);
        using var signal = BusMessage.Signal(TestServer.Path, TestServer.Name, "Moved");
        server.Server.Broadcast(signal);
        Assert.Equal("NameAcquired", monitor.ReadSignal().Value.Member);
        Assert.Equal("NameLost", monitor.ReadSignal().Value.Member);
        Assert.Equal("Moved", monitor.ReadSignal().Value.Member);
    }

    private static BusMessage Ask(
        BusClient client, string member, Action<MessageWriter>? arguments = null, string interfaceName = BusDriver.Name)
    {
        var call = BusMessage.Call(BusDriver.Name, BusDriver.Path, interfaceName, member);
        arguments?.Invoke(call.Body);
        return client.Call(call);
    }
}
