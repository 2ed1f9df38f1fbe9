using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Syslog;

/// <summary>What is written to a socket like /dev/log, byte by byte.</summary>
public sealed class SyslogLocalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string SocketPath => _folder["log"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Log_ToADatagramSocket_IsTheFormOfTheCLibrary()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client(OpenLogOptions.ProcessId);
        var before = DateTime.Now.AddSeconds(-1);

        client.Log(SyslogLevel.Warning, "the disk is nearly full");

        string record = log.Receive();
        Assert.Matches($@"^<28>[A-Z][a-z][a-z] [ 123]\d \d\d:\d\d:\d\d test\[{Environment.ProcessId}\]: the disk is nearly full$", record);
        var time = DateTime.ParseExact(record[4..19], "MMM d HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite);
        Assert.InRange(time, before, DateTime.Now);
    }

    [Fact]
    public void Log_ToAStreamSocket_EndsWithNul()
    {
        using var log = new LocalLog(SocketPath, isStream: true);
        using var client = Client();

        client.Write(SyslogLevel.Error, "one");
        client.Write(SyslogLevel.Error, "two");

        Assert.EndsWith(" test: one\0", log.Receive(), StringComparison.Ordinal);
        Assert.EndsWith(" test: two\0", log.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OtherFacility_IsInThePriority()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();

        client.Write(SyslogFacility.Local7, SyslogLevel.Debug, "x");

        Assert.StartsWith("<191>", log.Receive(), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_WithPercentM_TellsTheLastError()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();
        string path = "%m/";

        Marshal.SetLastPInvokeError(2);
        client.Log(SyslogLevel.Error, $"cannot open {path}: %m, and %%m is no error");
        client.Log(SyslogLevel.Error, "again: %m");
        client.Write(SyslogLevel.Error, "as it is: %m");

        Assert.Equal("cannot open %m/: No such file or directory, and %m is no error", log.ReceiveText());
        Assert.Equal("again: No such file or directory", log.ReceiveText());
        Assert.Equal("as it is: %m", log.ReceiveText());
    }

    [Fact]
    public void Log_InterpolatedValues_AreFormatted()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();
        object? nothing = null;

        client.Log(SyslogLevel.Notice, $"[{1.5,6:F2}|{42,-4}|{"ñ",3}|{nothing}|{(string?)null}|{SyslogLevel.Debug}|{"u"u8}|{new string('x', 3000).AsSpan()}]");

        Assert.Equal($"[  1.50|42  |  ñ|||Debug|u|{new string('x', 3000)}]", log.ReceiveText());
    }

    [Fact]
    public void Log_LevelThatIsMasked_IsNotEvenFormatted()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();
        var before = client.SetMask(SyslogMask.UpTo(SyslogLevel.Notice));
        bool formatted = false;
        string Format()
        {
            formatted = true;
            return "";
        }

        client.Log(SyslogLevel.Debug, $"{Format()}");
        client.Log(SyslogLevel.Debug, "with %m");
        client.Write(SyslogLevel.Informational, "not this either");
        client.Write(SyslogLevel.Notice, "this");

        Assert.Equal(SyslogMask.All, before);
        Assert.False(formatted);
        Assert.Equal("this", log.ReceiveText());
        Assert.True(log.IsEmpty);
        Assert.Equal(SyslogMask.UpTo(SyslogLevel.Notice), client.SetMask(SyslogMask.All));
    }

    [Fact]
    public void Write_SeveralLines_AreSeveralMessages()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();

        client.Write(SyslogLevel.Error, "first\r\n\nsecond\n\n");

        Assert.Equal("first", log.ReceiveText());
        Assert.Equal("second", log.ReceiveText());
        Assert.True(log.IsEmpty);
    }

    [Theory]
    [InlineData(SyslogLineBreaks.Escape, "a#012b#000c\td#033[1m")]
    [InlineData(SyslogLineBreaks.Keep, "a\nb#000c\td#033[1m")]
    public void Write_ControlCharacters_AreEscaped(SyslogLineBreaks breaks, string expected)
    {
        using var log = new LocalLog(SocketPath);
        using var client = new SyslogClient(new() { Identity = "test", Endpoint = SyslogEndpoint.Unix(SocketPath), LineBreaks = breaks });

        client.Write(SyslogLevel.Error, "a\nb\0c\td\u001b[1m\n");

        Assert.Equal(expected, log.ReceiveText());
    }

    [Fact]
    public void Write_WhatIsNotUnicode_IsReplaced()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();

        client.Write(SyslogLevel.Error, "half \ud83d of a pair");
        client.Write(SyslogLevel.Error, [(byte)'a', 0xFF, (byte)'b']);
        client.Write(SyslogLevel.Error, "");

        Assert.Equal("half \uFFFD of a pair", log.ReceiveText());
        Assert.Equal("a\uFFFDb", log.ReceiveText());
        Assert.Equal("", log.ReceiveText());
    }

    [Theory]
    [InlineData(480, "x")]
    [InlineData(480, "ñ")]
    [InlineData(481, "ñ")]
    [InlineData(482, "👻")]
    [InlineData(483, "\u001b")]
    public void Write_TooLong_IsCutBetweenCharacters(int most, string character)
    {
        using var log = new LocalLog(SocketPath);
        using var client = new SyslogClient(new() { Identity = "test", Endpoint = SyslogEndpoint.Unix(SocketPath), MaxMessageBytes = most });

        client.Write(SyslogLevel.Error, string.Concat(Enumerable.Repeat(character, 5000)));

        byte[] record = log.ReceiveBytes();
        Assert.InRange(record.Length, most - 6, most);
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(record).Split(": ")[1];
        Assert.EndsWith("...", text, StringComparison.Ordinal);
        Assert.Empty(text[..^3].Replace(character, "", StringComparison.Ordinal).Trim('#', '0', '3'));
    }

    [Fact]
    public void Write_AsLongAsAllowed_IsNotCut()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client();
        string text = new('x', 8192 - "<27>Nov  1 12:00:00 test: ".Length);

        client.Write(SyslogLevel.Error, text);
        client.Write(SyslogLevel.Error, text + "y");

        Assert.Equal(text, log.ReceiveText());
        Assert.Equal(text[..^3] + "...", log.ReceiveText());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Log_DaemonRestarted_IsConnectedAgain(bool isStream)
    {
        using var client = Client();
        using (var log = new LocalLog(SocketPath, isStream))
        {
            client.Write(SyslogLevel.Error, "before");
            Assert.Contains("before", log.Receive(), StringComparison.Ordinal);
        }

        Assert.False(client.Write(SyslogLevel.Error, "nobody listens"));
        File.Delete(SocketPath);
        client.Write(SyslogLevel.Error, "the socket has vanished");
        Assert.Equal(2, client.LostMessages);

        using var restarted = new LocalLog(SocketPath, isStream);
        Assert.True(client.Write(SyslogLevel.Error, "after"));

        Assert.Contains("after", restarted.Receive(), StringComparison.Ordinal);
        Assert.Equal(2, client.LostMessages);
    }

    [Theory]
    [InlineData(OpenLogOptions.NoDelay, 0)]
    [InlineData(OpenLogOptions.None, 1)]
    public void Open_WithOrWithoutDelay_ConnectsAtOnceOrWithTheFirstMessage(OpenLogOptions options, int lost)
    {
        // As for a program that changes its root directory between the two: the path is another one's then.
        using var log = new LocalLog(SocketPath);
        using var client = Client(options);
        File.Move(SocketPath, SocketPath + ".elsewhere");

        client.Write(SyslogLevel.Error, "after");

        Assert.Equal((lost, lost == 1), (client.LostMessages, log.IsEmpty));
    }

    [Fact]
    public void Log_SocketThatChangedItsType_IsConnectedAgain()
    {
        using var client = Client(OpenLogOptions.NoDelay);
        using (var datagrams = new LocalLog(SocketPath))
        {
            client.Write(SyslogLevel.Error, "datagram");
            Assert.Equal("datagram", datagrams.ReceiveText());
        }

        using var stream = new LocalLog(SocketPath, isStream: true);
        client.Write(SyslogLevel.Error, "stream");

        Assert.Equal("stream\0", stream.ReceiveText());
    }

    [Fact]
    public void Log_DaemonThatDoesNotRead_LosesMessagesAndTellsHowMany()
    {
        using var log = new LocalLog(SocketPath);
        using var client = new SyslogClient(new()
        {
            Identity = "test",
            Endpoint = SyslogEndpoint.Unix(SocketPath),
            SendTimeout = TimeSpan.FromMilliseconds(50),
        });
        int sent = 0;
        for (; client.LostMessages == 0; sent++)
        {
            client.Write(SyslogLevel.Error, "unread");
        }

        for (int i = 1; i < sent; i++)
        {
            Assert.Equal("unread", log.ReceiveText());
        }

        client.Write(SyslogLevel.Error, "again");

        Assert.Equal("again", log.ReceiveText());
        Assert.Equal(1, client.LostMessages);
    }

    [Fact]
    public void Log_NobodyThereAndConsoleWanted_IsWrittenToTheConsole()
    {
        string console = _folder["console"];
        File.WriteAllText(console, "");
        using var client = new SyslogClient(new()
        {
            Identity = "test",
            Endpoint = SyslogEndpoint.Unix(SocketPath),
            Options = OpenLogOptions.Console,
            ConsolePath = console,
        });

        client.Write(SyslogLevel.Emergency, "somebody must know");

        Assert.Equal("test: somebody must know\r\n", File.ReadAllText(console));
    }

    [SkippableFact]
    public void Log_ToStandardErrorAsWell_IsOnBothAndStaysOnOneWithoutADaemon()
    {
        // A private /dev, in which /dev/log is ours: the path that openlog(3) has no word for.
        Namespaces.Require("--mount");
        using var log = new LocalLog(SocketPath);
        string script = $"""
            mkdir {_folder["dev"]} && mount --bind /dev {_folder["dev"]} && mount -t tmpfs tmpfs /dev || exit 99
            for device in null zero random urandom; do : >/dev/$device; mount --bind {_folder["dev"]}/$device /dev/$device; done
            ln -s {SocketPath} /dev/log
            {Probe.Path} syslog ProcessId,StandardError one two
            rm /dev/log
            : >/dev/console
            {Probe.Path} syslog StandardError,Console three
            cat /dev/console >&2
            """;

        var (status, output, errors) = Probe.RunUnder(Namespaces.Shell(script, "--mount"));

        Assert.Equal((0, "lost 0\nlost 1\n"), (status, output));
        Assert.Matches(@"^probe\[(\d+)\]: one\nprobe\[\1\]: two\nprobe: three\nprobe: three\r\n$", errors);
        Assert.Matches(@"^<156>.{15} probe\[\d+\]: one$", log.Receive());
        Assert.Matches(@"^<156>.{15} probe\[\d+\]: two$", log.Receive());
    }

    [Fact]
    public void Log_ManyThreads_ArriveWhole()
    {
        using var log = new LocalLog(SocketPath);
        using var client = new SyslogClient(new() { Identity = "test", Endpoint = SyslogEndpoint.Unix(SocketPath), SendTimeout = TimeSpan.FromSeconds(20) });
        const int Threads = 4, Each = 500;
        var writers = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                client.Log(SyslogLevel.Informational, $"{thread}/{i}");
            }
        })).ToList();
        writers.ForEach(writer => writer.Start());

        var texts = Enumerable.Range(0, Threads * Each).Select(_ => log.ReceiveText()).ToHashSet(StringComparer.Ordinal);

        writers.ForEach(writer => writer.Join());
        Assert.Equal(Threads * Each, texts.Count);
        Assert.Contains("3/499", texts);
    }

    [Fact]
    public void Log_Disposed_IsRefused()
    {
        var client = Client();
        client.Dispose();

        Assert.Throws<ObjectDisposedException>(() => client.Write(SyslogLevel.Error, "x"));
    }

    [Fact]
    public void Log_OnceWarm_AllocatesNothing()
    {
        using var log = new LocalLog(SocketPath);
        using var client = Client(OpenLogOptions.ProcessId);
        string who = "nobody";
        void Once()
        {
            client.Log(SyslogLevel.Notice, $"request of {who}");
            client.Write(SyslogLevel.Notice, "as it is");
        }

        for (int i = 0; i < 3; i++)
        {
            Once();
            log.ReceiveBytes();
            log.ReceiveBytes();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private SyslogClient Client(OpenLogOptions options = OpenLogOptions.None) => new(new()
    {
        Identity = "test",
        Facility = SyslogFacility.Daemon,
        Endpoint = SyslogEndpoint.Unix(SocketPath),
        Options = options,
    });
}
