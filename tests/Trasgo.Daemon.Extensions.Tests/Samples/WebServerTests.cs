using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Trasgo.Daemon.Extensions.Tests.Hosting;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Tests.Shared;

namespace Trasgo.Daemon.Extensions.Tests.Samples;

/// <summary>The sample with a master and workers, as its clients see it.</summary>
public sealed class WebServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public WebServerTests()
    {
        foreach (string release in (string[])["one", "two", "three"])
        {
            Directory.CreateDirectory(_folder[release]);
            File.WriteAllText(Path.Combine(_folder[release], "index.html"), release);
        }

        Switch("one");
    }

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Server_AskedByCurl_ServesFiles()
    {
        string? curl = Peer.Find("curl");
        Skip.If(curl is null, "curl is missing");
        using var server = Start();

        Assert.Equal("one", Peer.Run(curl!, "--silent", $"http://127.0.0.1:{Port(server)}/"));
        Assert.Equal("404", Peer.Run(curl!, "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", "--path-as-is", $"http://127.0.0.1:{Port(server)}/../two/index.html"));
        Assert.Equal(2, server.Children.Length);
        server.Signal(Sample.Quit);
        Assert.Equal(0, server.WaitForExit());
        Assert.Equal("", server.Errors());
    }

    [SkippableFact]
    public async Task Experiment_OneAfterAnother_TheLastWaitsForAll()
    {
        const double Scale = 0.05;
        using var server = Start("--one-at-a-time", "--time-scale", $"{Scale}");

        var (first, others) = await ExperimentAsync(Port(server));

        // Timers may be a millisecond early; the longest alone takes 8.
        Assert.InRange(others.Append(first).Max(), 10.5 * Scale, double.MaxValue);
    }

    [SkippableFact]
    public async Task Experiment_Concurrently_EachWaitsForItself()
    {
        const double Scale = 0.25;
        using var server = Start("--time-scale", $"{Scale}");

        var (first, others) = await ExperimentAsync(Port(server));

        Assert.InRange(first, 7.5 * Scale, double.MaxValue);
        Assert.All(others, other => Assert.InRange(other, 0.5 * Scale, first));
    }

    [SkippableFact]
    public void Reload_UnderLoad_LosesNoConnection()
    {
        using var server = Start();
        int port = Port(server), answered = 0;
        string? failure = null;
        bool done = false;
        var clients = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                try
                {
                    string answer = Get(port, "/");
                    Assert.Contains(" 200 OK", answer, StringComparison.Ordinal);
                    Interlocked.Increment(ref answered);
                }
                catch (Exception e) when (e is SocketException or IOException or Xunit.Sdk.XunitException)
                {
                    Volatile.Write(ref failure, e.Message);
                    return;
                }
            }
        })).ToList();
        clients.ForEach(client => client.Start());

        foreach (string release in (string[])["two", "three", "one"])
        {
            int[] before = server.Children;
            Switch(release);
            server.Signal(Sample.Hangup);
            Waiting.Until("new workers", () => server.Children is { Length: 2 } now && !now.Intersect(before).Any());
            Assert.EndsWith(release, Get(port, "/"), StringComparison.Ordinal);
        }

        Volatile.Write(ref done, true);
        clients.ForEach(client => client.Join());
        Assert.True(failure is null, failure);
        Assert.InRange(answered, 10, int.MaxValue);
    }

    [SkippableFact]
    public void UserSignal_LogMovedAway_IsOpenedAgain()
    {
        string log = _folder["access.log"];
        using var server = Start("--log", log);
        int port = Port(server);
        Get(port, "/?before");
        Waiting.Until("the first line", () => File.ReadAllText(log).Contains("\"GET /?before HTTP/1.1\" 200", StringComparison.Ordinal));
        File.Move(log, log + ".1");

        server.Signal(Sample.UserSignal1);

        Waiting.Until("a line in the new file", () =>
        {
            Get(port, "/after");
            return File.Exists(log) && File.ReadAllText(log).Contains("\"GET /after HTTP/1.1\" 404", StringComparison.Ordinal);
        });
        Assert.DoesNotContain("before", File.ReadAllText(log), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Quit_WithARequestInProgress_FinishesIt()
    {
        string log = _folder["access.log"];
        using var server = Start("--log", log);
        int port = Port(server);
        using var slow = Connect(port);
        Send(slow, "/work?seconds=1");
        Get(port, "/?seen");

        server.Signal(Sample.Quit);
        string answer = await Task.Run(() => ReadToEnd(slow));

        Assert.Contains(" 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("1 s of work", answer, StringComparison.Ordinal);
        Assert.Equal(0, server.WaitForExit());
        Assert.Throws<SocketException>(() => Connect(port));
    }

    [SkippableFact]
    public void Quit_ConnectionThatHasNotSpokenYet_IsServed()
    {
        using var manager = new NotifyReceiver(_folder["notify"]);
        using var server = Sample.Start("webserver", new Dictionary<string, string> { ["NOTIFY_SOCKET"] = _folder["notify"] },
            "--port", "0", "--workers", "1", _folder["current"]);
        Assert.StartsWith("READY=1", manager.Receive(), StringComparison.Ordinal);
        using var quiet = Connect(Port(server));
        using (var other = Connect(Port(server)))
        {
            // Accepted in their order: once this one is answered, the quiet one has been accepted too.
            Send(other, "/");
            Assert.Contains("one", ReadToEnd(other), StringComparison.Ordinal);
        }

        server.Signal(Sample.Quit);
        Assert.Equal("STOPPING=1", manager.Receive());

        // Time for the worker to have stopped accepting; a slow client takes as long before it speaks.
        Assert.False(server.HasExitedWithin(TimeSpan.FromMilliseconds(200)));
        Send(quiet, "/");

        Assert.Contains(" 200 OK", ReadToEnd(quiet), StringComparison.Ordinal);
        Assert.Equal(0, server.WaitForExit());
    }

    [SkippableFact]
    public void Server_UnderAManager_TellsIt()
    {
        using var manager = new NotifyReceiver(_folder["notify"]);
        using var server = Sample.Start("webserver", new Dictionary<string, string> { ["NOTIFY_SOCKET"] = _folder["notify"] }, "--port", "0", _folder["current"]);

        Assert.Equal("READY=1\nSTATUS=Serving " + _folder["current"], manager.Receive());
        server.Signal(Sample.Hangup);
        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+\nSTATUS=", manager.Receive());
        Assert.StartsWith("READY=1", manager.Receive(), StringComparison.Ordinal);
        server.Signal(Sample.Terminate);
        Assert.Equal("STOPPING=1", manager.Receive());
        Assert.Equal(0, server.WaitForExit());
    }

    [SkippableTheory]
    [InlineData("2")]
    [InlineData("0")]
    public void Server_SocketActivated_ListensOnTheSocket(string workers)
    {
        string? activate = Peer.Find("systemd-socket-activate");
        Skip.If(activate is null, "systemd-socket-activate is missing");
        using var manager = new NotifyReceiver(_folder["notify"]);
        int port = FreePorts.Next();
        using var server = Sample.StartProgram(activate!, null, "-E", "NOTIFY_SOCKET=" + _folder["notify"], "--fdname=web", "-l", $"127.0.0.1:{port}",
            Sample.Find("webserver"), "--port", "1", "--workers", workers, _folder["current"]);
        Waiting.Until("systemd-socket-activate", () => IsListening(port));

        Assert.EndsWith("one", Get(port, "/"), StringComparison.Ordinal);

        Assert.StartsWith("READY=1", manager.Receive(), StringComparison.Ordinal);
        server.Signal(Sample.Quit);
        Assert.Equal("STOPPING=1", manager.Receive());
        Assert.Equal(0, server.WaitForExit());
    }

    [SkippableFact]
    public void Server_MasterKilled_LeavesNoWorkers()
    {
        using var server = Start();
        Get(Port(server), "/");
        int[] workers = server.Children;

        server.Kill();

        Waiting.Until("the workers' end", () => workers.All(worker => !Directory.Exists($"/proc/{worker}")));
    }

    [SkippableTheory]
    [InlineData()]
    [InlineData("/nonexistent")]
    [InlineData("--port", "70000", "/")]
    [InlineData("--time-scale", "0", "/")]
    [InlineData("/", "/")]
    public void Server_BadUsage_IsRefused(params string[] arguments)
    {
        using var server = Sample.Start("webserver", null, arguments);

        Assert.Equal(2, server.WaitForExit());
        Assert.Contains("webserver", server.Errors(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Server_PortInUse_SaysSo()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        using var server = Sample.Start("webserver", null, "--port", $"{((IPEndPoint)taken.LocalEndPoint!).Port}", _folder["current"]);

        Assert.Equal(1, server.WaitForExit());
        Assert.Contains("Address already in use", server.Errors(), StringComparison.Ordinal);
    }

    /// <summary>Four clients of which the first wants 8 seconds and the others 1; when each had its answer, in seconds from the beginning.</summary>
    private static async Task<(double First, double[] Others)> ExperimentAsync(int port)
    {
        var watch = Stopwatch.StartNew();
        var times = await Task.WhenAll(((int[])[8, 1, 1, 1]).Select(seconds => Task.Run(() =>
        {
            Assert.Contains($"{seconds} s of work", Get(port, $"/work?seconds={seconds}"), StringComparison.Ordinal);
            return watch.Elapsed.TotalSeconds;
        })));
        return (times[0], times[1..]);
    }

    private static string Get(int port, string target)
    {
        using var socket = Connect(port);
        Send(socket, target);
        return ReadToEnd(socket);
    }

    private static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        try
        {
            socket.Connect(IPAddress.Loopback, port);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Send(Socket socket, string target) => socket.Send(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"));

    private static string ReadToEnd(Socket socket)
    {
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static bool IsListening(int port) =>
        File.ReadLines("/proc/net/tcp").Any(line => line.Contains($":{port:X4} 00000000:0000 0A", StringComparison.Ordinal));

    private static int Port(Sample server) => int.Parse(server.WaitForLine("listening on 127.0.0.1:").Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);

    private Sample Start(params string[] arguments) => Sample.Start("webserver", null, ["--port", "0", .. arguments, _folder["current"]]);

    /// <summary>Puts another release in place in one step, as rename(2) does it.</summary>
    private void Switch(string release)
    {
        File.CreateSymbolicLink(_folder["next"], _folder[release]);
        Peer.Run("/usr/bin/mv", "--no-target-directory", _folder["next"], _folder["current"]);
    }
}
