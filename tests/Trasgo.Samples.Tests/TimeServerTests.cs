using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;
using Trasgo.Tests.Shared;

namespace Trasgo.Samples.Tests;

public sealed class TimeServerTests : IDisposable
{
    private const int MostMemory = 15 * 1024;

    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _owned = [];

    [SkippableFact]
    public void Iterative_AskedWithNetcat_TellsTheTimeOnBothProtocols()
    {
        int port = Serve(out var server, "--iterative");

        Assert.Matches(TimeClient.Format, TimeClient.Netcat(port, "127.0.0.1"));
        Assert.Matches(TimeClient.Format, TimeClient.Netcat(port, "::1"));
        Assert.Equal(server.Id, TimeClient.Teller(TimeClient.Lines(port)[0]));
        Assert.InRange(Sample.Memory(server.Id), 1, MostMemory);
        server.Terminate();
        Assert.Equal(0, server.WaitForExit());
    }

    [SkippableFact]
    public void Concurrent_WithManyClients_TellsAllOfThemAtOnceTenTimesFromAProcessEach()
    {
        const int Clients = 8;
        int port = Serve(out var server, "--concurrent", "--interval", "100");
        long start = Stopwatch.GetTimestamp();
        var clients = Enumerable.Range(0, Clients).Select(_ => new Client(IPAddress.Loopback, port)).ToArray();
        _owned.AddRange(clients);

        // All have been told the first line before any has been told the last: so none waits for another.
        var tellers = clients.Select(client => TimeClient.Teller(client.ReadLine())).ToArray();
        foreach (var client in clients)
        {
            string?[] rest = [.. Enumerable.Range(0, 10).Select(_ => client.ReadLine())];
            Assert.All(rest[..9], line => Assert.Matches(TimeClient.Format, line));
            Assert.Null(rest[9]);
        }

        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(900));
        Assert.Equal(Clients, tellers.Distinct().Count());
        Assert.DoesNotContain(server.Id, tellers);
        Assert.InRange(Sample.Memory(server.Id), 1, MostMemory);
    }

    [SkippableFact]
    public void Concurrent_WithAClientThatLeavesEarly_GoesOnWithoutAComplaint()
    {
        int port = Serve(out var server, "--concurrent", "--interval", "50");
        int teller;
        using (var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            client.Connect(IPAddress.Loopback, port);
            byte[] line = new byte[200];
            teller = TimeClient.Teller(System.Text.Encoding.ASCII.GetString(line, 0, client.Receive(line)));
            client.LingerState = new LingerOption(true, 0);   // a reset instead of an orderly end
        }

        Waiting.Until("the child's end", () => !Directory.Exists($"/proc/{teller}"));
        Assert.Equal(10, TimeClient.Lines(port).Count);
        server.Terminate();
        Assert.Equal((0, ""), (server.WaitForExit(), server.ReadErrors()));
    }

    [SkippableFact]
    public void Activated_BySystemdSocketActivate_ServesWithTheListenerOfItsStarter()
    {
        int port = FreePorts.Next();
        _owned.Add(Sample.Start(Activator, "-l", $"127.0.0.1:{port}", Sample.Path("timeserver"), "--activated"));

        int first = TimeClient.Teller(TimeClient.Lines(port)[0]);
        Assert.Equal(first, TimeClient.Teller(TimeClient.Lines(port)[0]));
        Assert.InRange(Sample.Memory(first), 1, MostMemory);
    }

    [SkippableFact]
    public void Instance_BySystemdSocketActivateWithAccept_IsAProcessAClient()
    {
        int port = FreePorts.Next();
        _owned.Add(Sample.Start(Activator, "--accept", "-l", $"127.0.0.1:{port}", Sample.Path("timeserver"), "--instance"));

        Assert.NotEqual(TimeClient.Teller(TimeClient.Lines(port)[0]), TimeClient.Teller(TimeClient.Lines(port)[0]));
    }

    [SkippableFact]
    public void Daemon_WithPidFile_IsThereWhenTheCommandReturns()
    {
        int daemon = Daemon(out int port);
        try
        {
            // The port is open by now, so that nothing has to be waited for.
            using (var client = new Client(IPAddress.Loopback, port))
            {
                Assert.Equal(daemon, TimeClient.Teller(client.ReadLine()));
            }

            Assert.Equal("?", Peer.Run("/bin/ps", "-o", "tty=", "-p", daemon.ToString()).Trim());
            Assert.InRange(Sample.Memory(daemon), 1, MostMemory);
            var (status, _, errors) = Sample.Run(Sample.Path("timeserver"), "--daemon", "--pid-file", _folder["pid"], "--port", "0");
            Assert.Equal((1, $"timeserver: already running: process {daemon} holds {_folder["pid"]}\n"), (status, errors));
        }
        finally
        {
            Peer.Run("/bin/kill", "-TERM", daemon.ToString());
        }

        Waiting.Until("the daemon's end", () => !File.Exists(_folder["pid"]) && !Directory.Exists($"/proc/{daemon}"));
    }

    [SkippableFact]
    public void Daemon_WithAPortInUse_FailsInTheForeground()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var (status, output, errors) = Sample.Run(Sample.Path("timeserver"), "--daemon", "--address", "127.0.0.1", "--port", port.ToString());

        Assert.Equal((1, "", $"timeserver: cannot listen on tcp 127.0.0.1:{port}: Address already in use\n"), (status, output, errors));
    }

    [SkippableTheory]
    [InlineData("--port", "65536")]
    [InlineData("--port", "-1")]
    [InlineData("--port")]
    [InlineData("--address", "localhost")]
    [InlineData("--lines", "0")]
    [InlineData("--daemon", "--inetd")]
    [InlineData("--inetd", "--user", "nobody")]
    [InlineData("--user", "nobody:")]
    [InlineData("--iterative", "--concurrent")]
    [InlineData("--daemon", "--nonsense")]
    public void Arguments_ThatMakeNoSense_AreAUsageErrorBeforeDetaching(params string[] arguments)
    {
        var (status, output, errors) = Sample.Run([Sample.Path("timeserver"), .. arguments]);

        Assert.Equal((2, ""), (status, output));
        Assert.Contains("\nusage: timeserver ", errors, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("--activated", "no listening socket was passed")]
    [InlineData("--instance", "no connection was passed")]
    [InlineData("--inetd", "standard input is no connection from inetd")]
    public void SocketsThatAreMissing_WhereTheyAreAskedFor_AreNamed(string way, string message)
    {
        var (status, _, errors) = Sample.Run(Sample.Path("timeserver"), way);

        Assert.Equal(1, status);
        Assert.StartsWith($"timeserver: {message}", errors, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _owned.ForEach(one => one.Dispose());
        _folder.Dispose();
    }

    private static string Activator
    {
        get
        {
            Skip.If(Peer.Find("systemd-socket-activate") is null, "systemd-socket-activate is not installed");
            return Peer.Find("systemd-socket-activate")!;
        }
    }

    private int Serve(out Sample server, params string[] arguments)
    {
        server = Sample.Start([Sample.Path("timeserver"), "--address", "::1", "--address", "127.0.0.1", "--port", "0", .. arguments]);
        _owned.Add(server);
        string line = server.ReadLine()!;
        Assert.StartsWith("telling the time on port ", line, StringComparison.Ordinal);
        return int.Parse(line.Split(' ')[^1]);
    }

    private int Daemon(out int port)
    {
        var (status, output, errors) = Sample.Run(
            Sample.Path("timeserver"), "--daemon", "--address", "127.0.0.1", "--port", "0", "--port-file", _folder["port"], "--pid-file", _folder["pid"]);
        Assert.Equal((0, "", ""), (status, output, errors));
        port = int.Parse(File.ReadAllText(_folder["port"]));
        return int.Parse(File.ReadAllText(_folder["pid"]));
    }
}
