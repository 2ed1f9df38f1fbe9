using System.Net;
using System.Net.Sockets;
using System.Text;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Tests.Syslog;

/// <summary>RFC 3164 and RFC 5424 over UDP (RFC 5426) and TCP (RFC 6587).</summary>
public class SyslogNetworkTests
{
    private const string Rfc5424Header = @"^<165>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z mymachine.example.com evntslog";

    [Fact]
    public void Log_ByUdp_IsRfc5424()
    {
        using var receiver = Bind(SocketType.Dgram);
        using var client = new SyslogClient(Options(SyslogEndpoint.Udp("127.0.0.1", Port(receiver)), OpenLogOptions.ProcessId));

        client.Log(new SyslogMessage(SyslogLevel.Notice, "An application event log entry")
        {
            Facility = SyslogFacility.Local4,
            Timestamp = new DateTimeOffset(2003, 10, 11, 22, 14, 15, TimeSpan.Zero).AddTicks(30000),
            MessageId = "ID47",
            StructuredData = new SyslogStructuredData().Add("exampleSDID@32473", ("iut", "3")),
        });

        Assert.Equal(
            $"<165>1 2003-10-11T22:14:15.003000Z mymachine.example.com evntslog {Environment.ProcessId} ID47 [exampleSDID@32473 iut=\"3\"] An application event log entry",
            Receive(receiver));
    }

    [Fact]
    public void Log_TimeWithOffset_KeepsIt()
    {
        using var receiver = Bind(SocketType.Dgram);
        using var client = new SyslogClient(Options(SyslogEndpoint.Udp("127.0.0.1", Port(receiver))));

        client.Log(new SyslogMessage(SyslogLevel.Notice, "x") { Timestamp = new(2003, 8, 24, 5, 14, 15, TimeSpan.FromHours(-7)) });

        Assert.Contains(" 2003-08-24T05:14:15.000000-07:00 ", Receive(receiver), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ByteOrderMarkWanted_StandsInFrontOfTheText()
    {
        using var receiver = Bind(SocketType.Dgram);
        var options = new SyslogClientOptions { Identity = "evntslog", HostName = "h", Endpoint = SyslogEndpoint.Udp("127.0.0.1", Port(receiver)), ByteOrderMark = true };
        using var client = new SyslogClient(options);

        client.Write(SyslogLevel.Notice, "año");

        Assert.EndsWith(" - - - \uFEFFaño", Receive(receiver), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ByUdpInTheOldForm_NamesTheHost()
    {
        using var receiver = Bind(SocketType.Dgram);
        var options = new SyslogClientOptions
        {
            Identity = "su",
            HostName = "mymachine.example.com",
            Format = SyslogFormat.Rfc3164,
            Endpoint = SyslogEndpoint.Udp("127.0.0.1", Port(receiver)),
        };
        using var client = new SyslogClient(options);

        client.Write(SyslogFacility.Authorization, SyslogLevel.Critical, "'su root' failed for lonvick on /dev/pts/8 " + new string('x', 2000));

        string record = Receive(receiver);
        Assert.Matches(@"^<34>[A-Z][a-z]{2} [ 123]\d \d\d:\d\d:\d\d mymachine su: 'su root' failed for lonvick on /dev/pts/8 x+\.\.\.$", record);
        Assert.Equal(1024, record.Length);
    }

    [Fact]
    public void Log_ByUdpToIPv6_Arrives()
    {
        using var receiver = Bind(SocketType.Dgram, IPAddress.IPv6Loopback);
        using var client = new SyslogClient(Options(SyslogEndpoint.Udp("::1", Port(receiver))));

        client.Write(SyslogFacility.Local4, SyslogLevel.Notice, "six");

        Assert.Matches(Rfc5424Header + " - - - six$", Receive(receiver));
    }

    [Fact]
    public void Log_ByUdpCollectorRestarted_Arrives()
    {
        int port = FreePorts.Next();
        var gone = Bind(SocketType.Dgram, port: port);
        using var client = new SyslogClient(Options(SyslogEndpoint.Udp("localhost", port)));
        client.Write(SyslogLevel.Notice, "before");
        gone.Dispose();
        client.Write(SyslogLevel.Notice, "refused");
        using var receiver = Bind(SocketType.Dgram, port: port);

        client.Write(SyslogLevel.Notice, "after");

        Assert.EndsWith(" after", Receive(receiver), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ByTcp_IsPrecededByItsLength()
    {
        using var listener = Bind(SocketType.Stream);
        using var client = new SyslogClient(Options(SyslogEndpoint.Tcp("127.0.0.1", Port(listener))));

        client.Write(SyslogFacility.Local4, SyslogLevel.Notice, "año");
        client.Write(SyslogFacility.Local4, SyslogLevel.Notice, "with #012 and more: " + new string('x', 9000));

        using var connection = Accept(listener);
        byte[] first = ReadFrame(connection), second = ReadFrame(connection);
        Assert.Matches(Rfc5424Header + " - - - año$", Encoding.UTF8.GetString(first));
        Assert.Equal(8192, second.Length);
        Assert.EndsWith("xxx...", Encoding.UTF8.GetString(second), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ByTcpWithLineBreaksKept_IsOneFrame()
    {
        using var listener = Bind(SocketType.Stream);
        var endpoint = SyslogEndpoint.Tcp("127.0.0.1", Port(listener));
        using var client = new SyslogClient(new() { Identity = "evntslog", Endpoint = endpoint, LineBreaks = SyslogLineBreaks.Keep });

        client.Write(SyslogLevel.Notice, "one\ntwo\n");

        using var connection = Accept(listener);
        Assert.EndsWith(" one\ntwo", Encoding.UTF8.GetString(ReadFrame(connection)), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ByTcpConnectionClosed_IsConnectedAgainWithoutALoss()
    {
        using var listener = Bind(SocketType.Stream);
        using var client = new SyslogClient(Options(SyslogEndpoint.Tcp("127.0.0.1", Port(listener))));
        client.Write(SyslogLevel.Notice, "first");
        using (var connection = Accept(listener))
        {
            ReadFrame(connection);
        }

        client.Write(SyslogLevel.Notice, "second");

        using var again = Accept(listener);
        Assert.EndsWith(" second", Encoding.UTF8.GetString(ReadFrame(again)), StringComparison.Ordinal);
        Assert.Equal(0, client.LostMessages);
    }

    [Fact]
    public void Log_ByTcpNobodyThere_IsLostAndDoesNotThrow()
    {
        int port = FreePorts.Next();
        using var client = new SyslogClient(Options(SyslogEndpoint.Tcp("127.0.0.1", port)));

        client.Write(SyslogLevel.Notice, "one");
        client.Write(SyslogLevel.Notice, "two");

        Assert.Equal(2, client.LostMessages);
    }

    [Fact]
    public void Log_ToANameThatIsNone_IsLost()
    {
        using var client = new SyslogClient(Options(SyslogEndpoint.Udp("no-such-host.invalid")));

        client.Write(SyslogLevel.Notice, "one");

        Assert.Equal(1, client.LostMessages);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Log_ToNetcat_IsWhatItPrints(bool udp)
    {
        string? netcat = Peer.Find("nc.openbsd");
        Skip.If(netcat is null, "netcat-openbsd is missing");
        int port = FreePorts.Next();
        using var peer = Peer.Start(netcat!, udp ? ["-u", "-l", "-W", "1", "127.0.0.1", $"{port}"] : ["-l", "127.0.0.1", $"{port}"]);
        Waiting.Until("netcat", () => IsBound(port, udp));
        using (var client = new SyslogClient(Options(udp ? SyslogEndpoint.Udp("127.0.0.1", port) : SyslogEndpoint.Tcp("127.0.0.1", port))))
        {
            client.Write(SyslogFacility.Local4, SyslogLevel.Notice, "heard");
        }

        Assert.Matches((udp ? "" : @"^\d+ ") + Rfc5424Header[(udp ? 0 : 1)..] + " - - - heard$", peer.Output());
    }

    private static bool IsBound(int port, bool udp)
    {
        string ending = $":{port:X4} 00000000:0000";
        return File.ReadLines(udp ? "/proc/net/udp" : "/proc/net/tcp").Any(line => line.Contains(ending, StringComparison.Ordinal));
    }

    private static SyslogClientOptions Options(SyslogEndpoint endpoint, OpenLogOptions options = OpenLogOptions.None) =>
        new() { Identity = "evntslog", HostName = "mymachine.example.com", Endpoint = endpoint, Options = options };

    private static Socket Bind(SocketType type, IPAddress? address = null, int port = 0)
    {
        address ??= IPAddress.Loopback;
        var socket = new Socket(address.AddressFamily, type, type == SocketType.Dgram ? ProtocolType.Udp : ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        socket.Bind(new IPEndPoint(address, port));
        if (type == SocketType.Stream)
        {
            socket.Listen();
        }

        return socket;
    }

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket Accept(Socket listener)
    {
        var connection = listener.Accept();
        connection.ReceiveTimeout = 10_000;
        return connection;
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[65536];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }

    /// <summary>MSG-LEN SP SYSLOG-MSG of RFC 6587, section 3.4.1.</summary>
    private static byte[] ReadFrame(Socket connection)
    {
        byte[] one = new byte[1];
        int length = 0;
        for (; connection.Receive(one) == 1 && one[0] != ' ';)
        {
            Assert.InRange((char)one[0], '0', '9');
            length = (length * 10) + (one[0] - '0');
        }

        byte[] frame = new byte[length];
        for (int read = 0; read < length;)
        {
            int count = connection.Receive(frame, read, length - read, SocketFlags.None);
            Assert.NotEqual(0, count);
            read += count;
        }

        return frame;
    }
}
