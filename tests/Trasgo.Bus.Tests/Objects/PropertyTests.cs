using Trasgo.Bus.Client;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Tests.Server;
using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Tests.Objects;

public sealed class PropertyTests
{
    [Fact]
    public void Get_KnownProperty_IsAVariant()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var reader = Ask(client, "Get", static w => Strings(w, TestServer.Name, "Level")).Read();
        Assert.Equal("u", reader.EnterVariant());
        Assert.Equal(3u, reader.UInt32());
    }

    [Fact]
    public void Get_UnknownProperty_IsSdBusError()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        using var reply = Ask(client, "Get", static w => Strings(w, TestServer.Name, "Nope"));
        Assert.Equal(BusErrorNames.UnknownProperty, reply.ErrorName);
        Assert.Equal("Unknown interface net.example.Spirit or property Nope.", reply.Read().String());
    }

    [Theory]
    [InlineData("")]
    [InlineData(TestServer.Name)]
    public void GetAll_LeavesExplicitOut(string interfaceName)
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var reader = Ask(client, "GetAll", w => w.String(interfaceName)).Read();
        var names = new List<string>();
        Assert.True(reader.EnterArray("{sv}"));
        while (reader.More())
        {
            reader.EnterDictEntry();
            names.Add(reader.String());
            reader.LeaveDictEntry();
        }

        reader.LeaveArray();
        Assert.False(reader.Failed);
        Assert.Equal(["Version", "Level", "Names"], names);
    }

    [Fact]
    public void GetAll_UnknownInterface_IsSdBusError()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        Assert.Equal(BusErrorNames.UnknownInterface, Ask(client, "GetAll", static w => w.String("a.b")).ErrorName);
    }

    [Fact]
    public void Set_Writable_Changes()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        Assert.Equal(MessageType.MethodReturn, Set(client, "Level", 5).Type);
        Assert.Equal(5u, server.Level);
        Assert.Equal(BusErrorNames.InvalidArgs, Set(client, "Level", 9).ErrorName);
        Assert.Equal(BusErrorNames.PropertyReadOnly, Set(client, "Version", 9).ErrorName);
    }

    [Fact]
    public void PropertiesChanged_FromTheTable_HasValuesAndInvalidations()
    {
        using var server = new TestServer();
        using var signal = PropertiesChanged.Build(TestServer.Path, TestServer.Table, server);
        Assert.NotNull(signal);
        Assert.Equal("sa{sv}as", signal.Signature);
        var reader = signal.Read();
        Assert.Equal(TestServer.Name, reader.String());
        reader.EnterArray("{sv}");
        reader.EnterDictEntry();
        Assert.Equal("Level", reader.String());
        reader.LeaveDictEntry();
        Assert.False(reader.More());
        reader.LeaveArray();
        Assert.Equal(["Names"], reader.StringArray());
        Assert.Null(PropertiesChanged.Build(TestServer.Path, TestServer.Table, server, ["Version"]));
    }

    [Fact]
    public void Introspect_IntermediatePath_LeadsDown()
    {
        using var server = new TestServer();
        using var client = server.Connect();
        var call = BusMessage.Call(TestServer.Name, "/net", "org.freedesktop.DBus.Introspectable", "Introspect");
        Assert.Contains("<node name=\"example\"/>", client.Call(call).Read().String(), StringComparison.Ordinal);
    }

    private static BusMessage Set(BusClient client, string property, uint value) => Ask(client, "Set", w =>
    {
        Strings(w, TestServer.Name, property);
        w.BeginVariant("u");
        w.UInt32(value);
        w.EndVariant();
    });

    private static BusMessage Ask(BusClient client, string member, Action<MessageWriter> arguments) =>
        client.Call(TestServer.Call(member, arguments, StandardInterfaces.PropertiesName));

    private static void Strings(MessageWriter writer, string first, string second)
    {
        writer.String(first);
        writer.String(second);
    }
}
