using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Tests.Syslog;

/// <summary>Debian's rsyslogd reads what this library writes, and this library's tests read what Debian's logger writes.</summary>
public sealed class LogDaemonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Rsyslogd_LocalSocket_UnderstandsEveryPart()
    {
        using var daemon = StartDaemon();
        using var client = new SyslogClient(Options(SyslogEndpoint.Unix(daemon.SocketPath)));

        client.Write(SyslogFacility.Mail, SyslogLevel.Critical, "a letter for ñandú");

        Assert.Equal(["mail", "crit", $"peer/x[{Environment.ProcessId}]:"], daemon.WaitForLine("a letter for")[..3]);
        Assert.Equal(" a letter for ñandú", daemon.WaitForLine("a letter for")[6]);
    }

    [SkippableTheory]
    [InlineData(false, SyslogFormat.Rfc5424)]
    [InlineData(false, SyslogFormat.Rfc3164)]
    [InlineData(true, SyslogFormat.Rfc5424)]
    [InlineData(true, SyslogFormat.Rfc3164)]
    public void Rsyslogd_Network_UnderstandsEveryPart(bool tcp, SyslogFormat format)
    {
        using var daemon = StartDaemon();
        var options = new SyslogClientOptions
        {
            Identity = "peer",
            HostName = "elsewhere",
            Format = format,
            Endpoint = tcp ? SyslogEndpoint.Tcp("127.0.0.1", daemon.TcpPort) : SyslogEndpoint.Udp("127.0.0.1", daemon.UdpPort),
        };
        using var client = new SyslogClient(options);
        string value = "a \"quoted\" ] and \\";

        client.Log(new SyslogMessage(SyslogLevel.Debug, "the text")
        {
            Facility = SyslogFacility.Local3,
            MessageId = "TEST",
            StructuredData = new SyslogStructuredData().Add("id@32473", ("name", value)),
        });
        client.Write(SyslogLevel.Alert, "and the next");

        string[] line = daemon.WaitForLine("the text");
        Assert.Equal(["local3", "debug"], line[..2]);
        Assert.StartsWith("peer", line[2], StringComparison.Ordinal);
        Assert.Equal("elsewhere", line[3]);
        if (format == SyslogFormat.Rfc5424)
        {
            Assert.Equal(["TEST", """[id@32473 name="a \"quoted\" \] and \\"]""", "the text"], line[4..]);
        }

        Assert.Equal("alert", daemon.WaitForLine("and the next")[1]);
        Assert.Equal(0, client.LostMessages);
    }

    [SkippableFact]
    public void Rsyslogd_Restarted_IsFoundAgain()
    {
        using var daemon = StartDaemon();
        using var client = new SyslogClient(Options(SyslogEndpoint.Unix(daemon.SocketPath)));
        client.Write(SyslogLevel.Error, "before the restart");
        daemon.WaitForLine("before the restart");

        daemon.Stop();
        client.Write(SyslogLevel.Error, "while it is away");
        daemon.Start();
        client.Write(SyslogLevel.Error, "after the restart");

        daemon.WaitForLine("after the restart");
        Assert.Equal(1, client.LostMessages);
    }

    [SkippableFact]
    public void Logger_SameMessage_LooksTheSame()
    {
        string? logger = Peer.Find("logger");
        Skip.If(logger is null, "logger is missing");
        using var log = new LocalLog(_folder["log"]);
        using var client = new SyslogClient(new() { Identity = "peer", Facility = SyslogFacility.Cron, Endpoint = SyslogEndpoint.Unix(_folder["log"]) });

        Peer.Run(logger!, "--socket", _folder["log"], "--tag", "peer", "--priority", "cron.warning", "same words");
        client.Write(SyslogLevel.Warning, "same words");

        string theirs = log.Receive(), ours = log.Receive();
        Assert.Equal(WithoutTime(theirs), WithoutTime(ours));
        Assert.Equal(theirs.Length, ours.Length);
    }

    [SkippableFact]
    public void Logger_SameStructuredData_LooksTheSame()
    {
        string? logger = Peer.Find("logger");
        Skip.If(logger is null, "logger is missing");
        using var log = new LocalLog(_folder["log"]);
        using var client = new SyslogClient(new()
        {
            Identity = "peer",
            Format = SyslogFormat.Rfc5424,
            HostName = "-",
            Endpoint = SyslogEndpoint.Unix(_folder["log"]),
        });

        Peer.Run(logger!, "--socket", _folder["log"], "--tag", "peer", "--rfc5424=nohost,notq", "--msgid", "MSG", "--sd-id", "zoo@123",
            "--sd-param", "tiger=\"hungry\"", "--sd-param", "zebra=\"running\"", "same words");
        client.Log(new SyslogMessage(SyslogLevel.Notice, "same words")
        {
            MessageId = "MSG",
            StructuredData = new SyslogStructuredData().Add("zoo@123", ("tiger", "hungry"), ("zebra", "running")),
        });

        string[] theirs = log.Receive().Split(' ', 4), ours = log.Receive().Split(' ', 4);
        Assert.Equal(theirs[0], ours[0]);
        Assert.Contains("MSG [zoo@123 tiger=\"hungry\" zebra=\"running\"] same words", theirs[3], StringComparison.Ordinal);
        Assert.EndsWith("MSG [zoo@123 tiger=\"hungry\" zebra=\"running\"] same words", ours[3], StringComparison.Ordinal);
    }

    private static string WithoutTime(string record) => record[..4] + record["<77>Nov  1 12:00:00".Length..];

    private static SyslogClientOptions Options(SyslogEndpoint endpoint) =>
        new() { Identity = "peer/x", Endpoint = endpoint, Options = OpenLogOptions.ProcessId };

    private LogDaemon StartDaemon()
    {
        Skip.If(LogDaemon.Program is null, "rsyslogd is missing");
        return new(_folder);
    }
}
