using System.Text;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager.Tests.Logging;

/// <summary>Where a message goes, by target and by what is up.</summary>
public sealed class ManagerLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EventLoop _loop = new();
    private readonly Descriptor _read;
    private readonly Descriptor _write;
    private readonly Descriptor _journald;
    private readonly ManagerLog _log;

    public ManagerLogTests()
    {
        (_read, _write) = Pipe.Create(nonBlocking: true).OrThrow("pipe");
        _journald = UnixSocket.Listen(_directory.Path + "/socket", SocketType.Datagram).OrThrow("listen");
        _log = new ManagerLog(new ConsoleLog(_write, showTime: false, _loop), new JournalLog(_loop, RuntimeScope.System, _directory.Path + "/socket"), kernel: null);
    }

    [Theory]
    [InlineData("journal-or-kmsg", true, "journal")]
    [InlineData("journal", true, "journal")]
    [InlineData("auto", true, "journal")]
    [InlineData("journal-or-kmsg", false, "console")]
    [InlineData("console", true, "console")]
    [InlineData("kmsg", true, "console")]
    [InlineData("null", true, "")]
    public void Write_GoesToItsTarget(string target, bool journalIsUp, string expected)
    {
        (_log.Target, _log.JournalIsUp) = (target, journalIsUp);
        _log.Write(LogLevel.Info, unit: null, "hola");
        var seen = (InJournal() ? "journal" : "") + (OnConsole().Contains("hola", StringComparison.Ordinal) ? "console" : "");
        Assert.Equal(expected, seen);
    }

    [Fact]
    public void Write_BelowTheMaximumLevel_IsDropped()
    {
        _log.MaxLevel = LogLevel.Notice;
        _log.Write(LogLevel.Info, unit: null, "hola");
        Assert.Equal("", OnConsole());
    }

    [Fact]
    public void Write_AboutAUnitWithLogLevelMax_IsDroppedBelowIt()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nLogLevelMax=warning");
        _log.Write(LogLevel.Info, service, "quiet");
        _log.Write(LogLevel.Warning, service, "loud");
        var console = OnConsole();
        Assert.DoesNotContain("quiet", console, StringComparison.Ordinal);
        Assert.Contains("a.service: loud", console, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ControlCharacters_DoNotReachTheTerminal()
    {
        _log.Write(LogLevel.Info, unit: null, "a\e[2Jb");
        Assert.Contains("a\\x1b[2Jb", OnConsole(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _log.Dispose();
        _journald.Dispose();
        _read.Dispose();
        _write.Dispose();
        _loop.Dispose();
        _directory.Dispose();
    }

    private bool InJournal()
    {
        var received = UnixSocket.Receive(_journald, new byte[4096]);
        return received.Ok && received.Value.Length > 0;
    }

    private string OnConsole()
    {
        var buffer = new byte[4096];
        var read = FileSystem.ReadInto(_read, buffer);
        return read.Ok ? Encoding.UTF8.GetString(buffer, 0, read.Value) : "";
    }
}
