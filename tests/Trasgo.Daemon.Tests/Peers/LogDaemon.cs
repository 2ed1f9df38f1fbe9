using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Peers;

/// <summary>
/// Debian's rsyslogd with a configuration, sockets and ports of its own. What it receives it writes to a file, one line a message: facility, level, tag, host,
/// message ID, structured data and text, with a tab between them.
/// </summary>
internal sealed class LogDaemon : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly string _program;
    private Peer? _peer;

    public LogDaemon(TemporaryFolder folder)
    {
        _folder = folder;
        _program = Program!;
        Directory.CreateDirectory(folder["state"]);
        Start();
    }

    public static string? Program => Peer.Find("rsyslogd");

    public string SocketPath => _folder["rsyslog"];

    public int UdpPort { get; private set; }

    public int TcpPort { get; private set; }

    /// <summary>How many messages have been written down.</summary>
    public int Count => File.Exists(Lines) ? File.ReadLines(Lines).Count() : 0;

    private string Lines => _folder["lines"];

    public string[] WaitForLine(string text) =>
        Waiting.For($"a line with '{text}'", () => File.Exists(Lines)
            ? File.ReadAllLines(Lines).FirstOrDefault(line => line.Contains(text, StringComparison.Ordinal))?.Split('\t')
            : null);

    public void Stop()
    {
        _peer?.Dispose();
        _peer = null;
        File.Delete(SocketPath);
    }

    /// <summary>Starts it, also again after <see cref="Stop"/>; the network ports are then others.</summary>
    public void Start()
    {
        string configuration = _folder["rsyslog.conf"], ports = _folder["ports"];
        File.Delete(ports + ".tcp");
        UdpPort = FreePorts.Next();
        File.WriteAllText(configuration, $$"""
            global(workDirectory="{{_folder["state"]}}" net.enableDNS="off")
            module(load="imuxsock" SysSock.Use="off")
            module(load="imudp")
            module(load="imtcp")
            template(name="fields" type="string" string="%syslogfacility-text%\t%syslogseverity-text%\t%syslogtag%\t%hostname%\t%msgid%\t%structured-data%\t%msg%\n")
            ruleset(name="all") { action(type="omfile" file="{{Lines}}" template="fields") }
            input(type="imuxsock" Socket="{{SocketPath}}" ruleset="all" UsePIDFromSystem="off" RateLimit.Interval="0" UseSysTimeStamp="off")
            input(type="imudp" address="127.0.0.1" port="{{UdpPort}}" ruleset="all")
            input(type="imtcp" address="127.0.0.1" port="0" listenPortFileName="{{ports}}.tcp" ruleset="all")

            """);
        string[] modules = Peer.Unpacked is { } root
            ? ["-M", string.Join(':', Directory.GetDirectories(Path.Combine(root, "usr/lib"), "*-linux-gnu").Select(folder => folder + "/rsyslog"))]
            : [];
        _peer = Peer.Start(_program, ["-n", "-f", configuration, "-i", _folder["pid"], .. modules]);
        string port = Waiting.For("rsyslogd", () =>
        {
            Assert.True(_peer.IsRunning, "rsyslogd ended: " + (_peer.IsRunning ? "" : _peer.Errors()));
            return File.Exists(SocketPath) && File.Exists(ports + ".tcp") && File.ReadAllText(ports + ".tcp") is { Length: > 0 } text ? text : null;
        });
        TcpPort = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => Stop();
}
