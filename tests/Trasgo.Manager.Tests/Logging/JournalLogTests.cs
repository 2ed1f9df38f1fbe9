using System.Text;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Tests.Logging;

/// <summary>The manager's messages at the journal's socket, which a test reads, or does not.</summary>
public sealed class JournalLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EventLoop _loop = new();
    private Descriptor? _journald;

    private string Address => _directory.Path + "/socket";

    [Fact]
    public void Write_AboutAUnit_HasTheFieldsThatJournalctlLooksFor()
    {
        Listen();
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Start("a.service");
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        Assert.True(log.TryWrite(new LogEntry { Level = LogLevel.Warning, Unit = service, Text = "a.service: Hola", Details = new LogDetails("39f5", 7, "start", "done") }));
        Assert.Equal(
            $"PRIORITY=4\nSYSLOG_FACILITY=3\nSYSLOG_IDENTIFIER=trasgo\nUNIT=a.service\nINVOCATION_ID={service.InvocationId}\nMESSAGE_ID=39f5\n" +
            "JOB_ID=7\nJOB_TYPE=start\nJOB_RESULT=done\nMESSAGE=a.service: Hola\n",
            Read());
    }

    [Fact]
    public void Write_ByAUserManager_NamesTheUnitAsTheUsers()
    {
        Listen();
        using var world = new UnitWorld();
        using var log = new JournalLog(_loop, RuntimeScope.User, Address);
        log.TryWrite(new LogEntry { Level = LogLevel.Info, Unit = world.Service("ExecStart=/daemon"), Text = "x" });
        Assert.Contains("\nUSER_UNIT=a.service\n", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_LineBreaks_AreWrittenWithTheLengthInFront()
    {
        Listen();
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "a\nPRIORITY=0" });
        Assert.EndsWith("MESSAGE\n\u000c\0\0\0\0\0\0\0a\nPRIORITY=0\n", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NoJournal_IsRefusedForAnotherTarget()
    {
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        Assert.False(log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "x" }));
    }

    [Fact]
    public void Write_JournalDoesNotRead_WaitsInAQueueAndComesInOrder()
    {
        Listen();
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        var written = 0;
        for (; written < 5_000; written++)
        {
            Assert.True(log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "message " + written }));
        }

        for (var read = 0; read < written; read++)
        {
            Assert.EndsWith($"MESSAGE=message {read}\n", Read(), StringComparison.Ordinal);
            _loop.RunOnce(0);
        }
    }

    [Fact]
    public void Write_JournalIsStuck_LosesMessagesAndSaysHowMany()
    {
        Listen();
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        var text = new string('x', 30_000);
        for (var i = 0; i < 500; i++)
        {
            Assert.True(log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = text }));
        }

        var last = "";
        for (var i = 0; i < 500 && !last.Contains("were lost", StringComparison.Ordinal); i++)
        {
            last = Read();
            _loop.RunOnce(0);
        }

        Assert.Matches(@"MESSAGE=\d+ messages were lost\.\n$", last);
    }

    [Fact]
    public void Write_JournalIsStartedAnew_FindsTheNewSocket()
    {
        Listen();
        using var log = new JournalLog(_loop, RuntimeScope.System, Address);
        log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "one" });
        _journald!.Dispose();
        Listen();
        Assert.False(log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "two" }));
        Assert.True(log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "three" }));
        Assert.EndsWith("MESSAGE=three\n", Read(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _journald?.Dispose();
        _loop.Dispose();
        _directory.Dispose();
    }

    private void Listen() => _journald = UnixSocket.Listen(Address, SocketType.Datagram).OrThrow("listen");

    private string Read()
    {
        var buffer = new byte[64 * 1024];
        var received = UnixSocket.Receive(_journald!, buffer);
        return received.Ok ? Encoding.UTF8.GetString(buffer, 0, received.Value.Length) : received.Error.ToString();
    }
}
