using System.Text;
using System.Text.Json;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Tests.Journal;

/// <summary>Debian's systemd-journald takes what this library sends, and Debian's journalctl shows it.</summary>
public sealed class JournaldTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Journald_EntryWithEveryKindOfField_StoresItAsItWas()
    {
        using var journal = Start();
        using var client = new JournalClient("peer/x", journal.SocketPath);

        Assert.True(client.Send(SyslogLevel.Critical, "two\nlines", ("WORDS", "a=b \"c\" ñ"), ("LIST", "1"), ("LIST", "2"), ("EMPTY", "")));

        var entry = Assert.Single(journal.WaitFor("SYSLOG_IDENTIFIER=peer/x"));
        Assert.Equal("two\nlines", Text(entry, "MESSAGE"));
        Assert.Equal("2", Text(entry, "PRIORITY"));
        Assert.Equal("a=b \"c\" ñ", Text(entry, "WORDS"));
        Assert.Equal(["1", "2"], entry.GetProperty("LIST").EnumerateArray().Select(item => item.GetString()));
        Assert.Equal("", Text(entry, "EMPTY"));
        Assert.Equal($"{Environment.ProcessId}", Text(entry, "_PID"));
        Assert.Equal("journal", Text(entry, "_TRANSPORT"));
    }

    [SkippableFact]
    public void Journald_EntryTooLargeForADatagram_TakesTheFile()
    {
        using var journal = Start();
        using var client = new JournalClient("peer", journal.SocketPath);
        string text = string.Concat(Enumerable.Range(0, 400_000).Select(i => $"line {i}\n"));

        Assert.True(client.Send(SyslogLevel.Informational, text, ("KIND", "large")));

        var entry = Assert.Single(journal.WaitFor("KIND=large"));
        Assert.Equal(text.TrimEnd('\n'), Text(entry, "MESSAGE").TrimEnd('\n'));
    }

    [SkippableFact]
    public void Journald_Stream_TakesLevelsOutOfLines()
    {
        using var journal = Start();
        using (var stream = JournalStream.Open("streamer", SyslogLevel.Notice, socketPath: journal.StreamPath))
        {
            var log = new PriorityLog(stream);
            log.Write(SyslogLevel.Error, "first\nsecond");
            log.Write(SyslogLevel.Debug, "third");
        }

        var entries = journal.WaitFor("SYSLOG_IDENTIFIER=streamer", 3);
        Assert.Equal(["3 first", "3 second", "7 third"], entries.Select(entry => $"{Text(entry, "PRIORITY")} {Text(entry, "MESSAGE")}"));
    }

    [SkippableFact]
    public void Journald_SyslogMessage_IsUnderstood()
    {
        using var journal = Start();
        using var client = new SyslogClient(new()
        {
            Identity = "classic",
            Facility = SyslogFacility.Daemon,
            Options = OpenLogOptions.ProcessId,
            Endpoint = SyslogEndpoint.Unix(journal.LogPath),
            LineBreaks = SyslogLineBreaks.Keep,
        });

        client.Write(SyslogLevel.Alert, "by syslog\nin two lines");

        var entry = Assert.Single(journal.WaitFor("SYSLOG_IDENTIFIER=classic"));
        Assert.Equal("by syslog\nin two lines", Text(entry, "MESSAGE"));
        Assert.Equal(["1", "3", $"{Environment.ProcessId}", "syslog"], new[] { "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_PID", "_TRANSPORT" }.Select(name => Text(entry, name)));
    }

    /// <summary>journalctl writes a value that is not printable as an array of bytes.</summary>
    private static string Text(JsonElement entry, string name)
    {
        var value = entry.GetProperty(name);
        return value.ValueKind == JsonValueKind.Array ? Encoding.UTF8.GetString([.. value.EnumerateArray().Select(item => item.GetByte())]) : value.GetString()!;
    }

    private Journald Start()
    {
        Skip.If(Journald.Program is null, "systemd-journald needs root, and Debian's systemd");
        return new(_folder);
    }
}
