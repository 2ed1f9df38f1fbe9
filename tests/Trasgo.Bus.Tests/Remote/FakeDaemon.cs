using System.Text;
using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Bus.Server;
using Trasgo.Bus.Tests.Server;
using Trasgo.Bus.Transport;
using Trasgo.Bus.Wire;
using Trasgo.Linux;

namespace Trasgo.Bus.Tests.Remote;

/// <summary>
/// The daemon's end of a connection to a message bus, played by hand: it answers what every daemon answers, keeps what it gets, and says
/// what a test has it say. The bus under test is on the same loop and on a fake clock.
/// </summary>
internal sealed class FakeDaemon : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("trasgo-daemon-").FullName;
    private readonly BusSocket _listener;
    private readonly List<byte> _input = [];
    private BusSocket? _client;
    private bool _authenticated;
    private uint _serial;

    public FakeDaemon()
    {
        Loop = new EventLoop(Time);
        _listener = BusSocket.Listen(Address, 0x180).OrThrow("listen");
        var tree = new ObjectTree { Gatekeeper = Gate };
        tree.Add(TestServer.Path, this, Table);
        Bus = new MessageBus(Loop, new BlockPool(), tree, TestServer.Name, ownUid: 77)
        {
            Named = named => Events.Add(named ? "named" : "refused"),
            Lost = () => Events.Add("lost"),
            DaemonSignal = signal => Events.Add(signal.Member!),
        };
        Bus.Callers.Gone = caller => Events.Add("gone " + caller.UniqueName);
    }

    public static BusInterface Table { get; } = new(TestServer.Name,
    [
        BusTable<FakeDaemon>.Method("Look", "", [], "s", ["text"], static (_, call) => call.ReplyString("seen"), MemberFlags.Unprivileged),
        BusTable<FakeDaemon>.Method("Change", "s", ["text"], "s", ["text"],
            static (_, call) => call.ReplyString(call.Arguments.String() + " by " + call.Caller.Uid), MemberFlags.Unprivileged),
        BusTable<FakeDaemon>.Method("Ruin", "", [], "", [], static (_, call) => call.Reply()),
    ]);

    public string Address => _directory + "/bus";

    public FakeTime Time { get; } = new();

    public EventLoop Loop { get; }

    public MessageBus Bus { get; }

    public TestGate Gate { get; } = new();

    /// <summary>What the bus told its owner.</summary>
    public List<string> Events { get; } = [];

    /// <summary>What the daemon got, as "Hello" or "AddMatch :1.7" - member and first string.</summary>
    public List<string> Got { get; } = [];

    /// <summary>Answers and errors that went to peers, as ":1.7 seen" or ":1.7 org.freedesktop.DBus.Error.AccessDenied".</summary>
    public List<string> Answers { get; } = [];

    /// <summary>A daemon that reads and says nothing.</summary>
    public bool IsSilent { get; set; }

    public Dictionary<string, uint> Uids { get; } = [];

    public void Connect()
    {
        Bus.Connect(Address);
        Settle();
    }

    /// <summary>Everybody runs until nobody has anything left to do.</summary>
    public void Settle()
    {
        for (var idle = 0; idle < 3;)
        {
            idle = Loop.RunOnce(0) | Step() ? 0 : idle + 1;
        }
    }

    public void Advance(double seconds)
    {
        Time.Advance((ulong)(seconds * 1_000_000));
        Settle();
    }

    /// <summary>A peer calls a method without arguments, or with one string.</summary>
    public void CallFrom(string sender, string member, string? argument = null, MessageFlags flags = MessageFlags.None)
    {
        using var call = BusMessage.Call(TestServer.Name, TestServer.Path, TestServer.Name, member);
        (call.Sender, call.Flags) = (sender, flags);
        if (argument is not null)
        {
            call.Body.String(argument);
        }

        Say(call);
    }

    public void OwnerChanged(string name, string from, string to)
    {
        using var signal = BusMessage.Signal(DaemonCalls.Path, DaemonCalls.Name, "NameOwnerChanged");
        signal.Sender = DaemonCalls.Name;
        signal.Body.String(name);
        signal.Body.String(from);
        signal.Body.String(to);
        Say(signal);
    }

    public void Say(BusMessage message)
    {
        using var header = new MessageWriter();
        HeaderCodec.Write(message, ++_serial, header);
        Raw(header.Written.Span);
        Raw(message.BodyBytes.Span);
    }

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var sent = _client!.TrySend(bytes, []);
            bytes = sent.Ok ? bytes[sent.Value..] : bytes;
            Loop.RunOnce(0);
        }
    }

    public void HangUp()
    {
        _client!.Dispose();
        _client = null;
    }

    public void Dispose()
    {
        Bus.Dispose();
        _client?.Dispose();
        _listener.Dispose();
        Loop.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private bool Step()
    {
        if (_client is null)
        {
            var accepted = _listener.TryAccept();
            (_client, _authenticated) = (accepted.Ok ? accepted.Value : null, false);
            _input.Clear();
            return accepted.Ok;
        }

        var buffer = new byte[65536];
        var received = _client.TryReceive(buffer, []);
        if (received is not { Ok: true, Value: > 0 and var length })
        {
            return false;
        }

        _input.AddRange(buffer.AsSpan(0, length));
        if (!IsSilent)
        {
            Read();
        }

        return true;
    }

    private void Read()
    {
        if (!_authenticated && Encoding.ASCII.GetString([.. _input]).IndexOf("BEGIN\r\n", StringComparison.Ordinal) is >= 0 and var at)
        {
            _authenticated = true;
            _input.RemoveRange(0, at + 7);
            Raw("DATA\r\nOK 0123\r\nAGREE_UNIX_FD\r\n"u8);
        }

        while (_authenticated && HeaderCodec.Frame(_input.ToArray(), BusLimits.MessageBytes) is { Result: FrameResult.Complete } frame)
        {
            var bytes = _input.GetRange(0, frame.Length).ToArray();
            _input.RemoveRange(0, frame.Length);
            Handle(HeaderCodec.Read(bytes, []) ?? throw new InvalidDataException("a message that is none"));
        }
    }

    private void Handle(BusMessage message)
    {
        var text = message.Signature.StartsWith('s') ? message.Read().String() : "";
        if (message.Type is MessageType.MethodReturn or MessageType.Error)
        {
            Answers.Add($"{message.Destination} {message.ErrorName ?? text}");
            return;
        }

        var quote = text.IndexOf("arg0='", StringComparison.Ordinal);
        Got.Add($"{message.Member} {(quote < 0 ? text : text[(quote + 6)..^1])}".Trim());
        if (message.Destination == DaemonCalls.Name && message.ReplyExpected)
        {
            Answer(message, text);
        }
    }

    private void Answer(BusMessage call, string name)
    {
        using var reply = BusMessage.Return(call);
        (reply.Sender, reply.Destination) = (DaemonCalls.Name, ":1.1");
        switch (call.Member)
        {
            case "Hello":
                reply.Body.String(":1.1");
                break;
            case "RequestName":
                reply.Body.UInt32(1);
                break;
            case "GetNameOwner" when Uids.ContainsKey(name):
                reply.Body.String(":1.50");
                break;
            case "GetConnectionCredentials" when Uids.TryGetValue(name, out var uid):
                Credentials(reply.Body, uid);
                break;
            default:
                using (var error = BusMessage.Error(call, new BusError(BusErrorNames.NameHasNoOwner, name)))
                {
                    error.Sender = DaemonCalls.Name;
                    Say(error);
                }

                return;
        }

        Say(reply);
    }

    private static void Credentials(MessageWriter body, uint uid)
    {
        body.BeginArray("{sv}");
        body.BeginDictEntry();
        body.String("UnixUserID");
        body.BeginVariant("u");
        body.UInt32(uid);
        body.EndVariant();
        body.EndDictEntry();
        body.EndArray();
    }
}
