using Trasgo.Bus.Client;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Server;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Server;

/// <summary>A server with one object and some children on a fake clock.</summary>
internal sealed class TestServer : IDisposable
{
    public const string Name = "net.example.Spirit";
    public const string Path = "/net/example/Spirit";

    public static readonly BusInterface Table = new(Name,
    [
        BusTable<TestServer>.Method("Echo", "s", ["text"], "s", ["text"], static (_, call) => call.ReplyString(call.Arguments.String())),
        BusTable<TestServer>.Method("Later", "", [], "s", ["text"], static (server, call) => server.Kept.Add(call)),
        BusTable<TestServer>.Method("Blob", "u", ["size"], "ay", ["data"], static (_, call) => Blob(call)),
        BusTable<TestServer>.Method("Throw", "", [], "", [], static (_, _) => throw new InvalidDataException("thrown")),
        BusTable<TestServer>.Method("Swap", "h", ["in"], "h", ["out"], static (_, call) => Swap(call)),
        BusTable<TestServer>.String("Version", static _ => "252", MemberFlags.Const),
        BusTable<TestServer>.Writable(
            "Level",
            "u",
            static (server, writer) => writer.UInt32(server.Level),
            static (server, reader) => server.SetLevel(reader.UInt32()),
            MemberFlags.EmitsChange),
        BusTable<TestServer>.Strings("Names", static _ => ["a", "b"], MemberFlags.EmitsInvalidation),
        BusTable<TestServer>.UInt64("Costly", static _ => 7, MemberFlags.Explicit),
        BusTable<TestServer>.Signal("Moved", "so", "name", "path"),
    ]);

    public TestServer(BusServerOptions? options = null)
    {
        Loop = new EventLoop(Time);
        var tree = new ObjectTree { MachineId = static () => "00112233445566778899aabbccddeeff" };
        tree.Add(Path, this, Table);
        tree.AddResolver(Path + "/unit", new Children(this));
        Server = new BusServer(Loop, tree, options ?? new BusServerOptions { OwnUid = OwnUid, Names = [Name] });
    }

    public static uint OwnUid { get; } = Processes.Uid(Environment.ProcessId) ?? 0;

    public FakeTime Time { get; } = new();

    public EventLoop Loop { get; }

    public BusServer Server { get; }

    public List<BusCall> Kept { get; } = [];

    public uint Level { get; private set; } = 3;

    /// <summary>A connected socket that has said nothing.</summary>
    public BusSocket Dial()
    {
        var (ours, theirs) = BusSocket.Pair();
        Server.Accept(theirs);
        return ours;
    }

    public BusClient Connect()
    {
        var opened = BusClient.Open(new PumpingTransport(Loop, Dial()));
        Assert.True(opened.Ok, opened.Error.ToString());
        return opened.Value;
    }

    public static BusMessage Call(string member, Action<MessageWriter>? arguments = null, string interfaceName = Name, string path = Path)
    {
        var call = BusMessage.Call(Name, path, interfaceName, member);
        arguments?.Invoke(call.Body);
        return call;
    }

    /// <summary>Runs the loop until nothing is left to do.</summary>
    public void Settle()
    {
        for (var idle = 0; idle < 3;)
        {
            idle = Loop.RunOnce(0) ? 0 : idle + 1;
        }
    }

    public void Dispose()
    {
        Server.Dispose();
        Loop.Dispose();
    }

    private BusError? SetLevel(uint level)
    {
        if (level > 7)
        {
            return new BusError(BusErrorNames.InvalidArgs, "Invalid level");
        }

        Level = level;
        return null;
    }

    private static void Blob(BusCall call)
    {
        var size = (int)call.Arguments.UInt32();
        call.Reply(writer => writer.ByteArray(new byte[size]));
    }

    private static void Swap(BusCall call)
    {
        var received = call.Arguments.Descriptor()!;
        call.Reply(writer => writer.Descriptor(received));
    }

    private sealed class Children(TestServer server) : IObjectResolver
    {
        public BusObject? Find(string path, ICaller caller, out BusError? failure)
        {
            failure = path == Path + "/unit/bad" ? new BusError(BusErrorNames.InvalidArgs, "bad is no unit") : null;
            return path == Path + "/unit/one_2eservice" ? new BusObject(server, [Table]) : null;
        }

        IEnumerable<string> IObjectResolver.Children() => [Path + "/unit/one_2eservice", Path + "/unit/two_2eservice"];
    }
}
