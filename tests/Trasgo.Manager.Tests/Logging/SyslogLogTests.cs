using System.Text;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager.Tests.Logging;

/// <summary>Messages to a log daemon, which may come and go.</summary>
public sealed class SyslogLogTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly EventLoop _loop = new();
    private readonly SyslogLog _log;

    public SyslogLogTests() => _log = new SyslogLog("inetd", _loop, Path);

    private string Path => _directory.Path + "/log";

    [Fact]
    public void Message_AsSyslogWritesIt_IsOneLineOfFacilityDaemon()
    {
        using var daemon = Listen();

        Assert.True(_log.TryWrite(new LogEntry { Level = LogLevel.Error, Text = "a.socket: one\ntwo" }));

        Assert.Matches($@"^<27>[A-Z][a-z]{{2}} [ \d]\d \d\d:\d\d:\d\d inetd\[{Environment.ProcessId}\]: a\.socket: one two$", Receive(daemon));
    }

    [Fact]
    public void Message_WithoutALogDaemon_IsForSomebodyElse() => Assert.False(_log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "nobody" }));

    [Fact]
    public void LogDaemon_ThatWasStartedAnew_IsFoundAgain()
    {
        using (var first = Listen())
        {
            Assert.True(_log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "first" }));
        }

        File.Delete(Path);
        using var second = Listen();
        Assert.True(_log.TryWrite(new LogEntry { Level = LogLevel.Info, Text = "second" }));

        Assert.EndsWith(": second", Receive(second), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _log.Dispose();
        _loop.Dispose();
        _directory.Dispose();
    }

    private Descriptor Listen() => UnixSocket.Listen(Path, SocketType.Datagram).OrThrow("listen");

    private static string Receive(Descriptor daemon)
    {
        var buffer = new byte[4096];
        return Encoding.UTF8.GetString(buffer, 0, FileSystem.ReadInto(daemon, buffer).OrThrow("read"));
    }
}
