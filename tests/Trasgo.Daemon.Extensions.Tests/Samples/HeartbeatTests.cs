using Trasgo.Daemon.Extensions.Tests.Hosting;
using Trasgo.Daemon.Tests.Peers;

namespace Trasgo.Daemon.Extensions.Tests.Samples;

/// <summary>The sample that logs, is ready, and keeps a watchdog; Debian's rsyslogd listens.</summary>
public sealed class HeartbeatTests : IDisposable
{
    private const int Fifteen = 15 * 1024;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Heartbeat_UnderAManager_IsReadyBeatsAndStops()
    {
        Skip.If(LogDaemon.Program is null, "rsyslogd is missing");
        using var daemon = new LogDaemon(_folder);
        using var manager = new NotifyReceiver(_folder["notify"]);
        using var heartbeat = Start(daemon.SocketPath, "--interval", "0.05");

        Assert.Equal("READY=1\nSTATUS=A beat every 0.05 s", WithoutWatchdog(manager));
        string[] line = daemon.WaitForLine("beat 3");
        Assert.Equal(["daemon", "info", $"heart[{heartbeat.ProcessId}]:"], line[..3]);
        Assert.True(heartbeat.ResidentKilobytes() < Fifteen, $"{heartbeat.ResidentKilobytes()} kB are resident");

        heartbeat.Signal(Sample.Terminate);
        Assert.Equal("STOPPING=1", WithoutWatchdog(manager));
        Assert.Equal(0, heartbeat.WaitForExit());
        Assert.Contains(", 0 of them unheard", daemon.WaitForLine("stopped by SIGTERM")[6], StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Heartbeat_LogDaemonRestarted_IsHeardAgain()
    {
        Skip.If(LogDaemon.Program is null, "rsyslogd is missing");
        using var daemon = new LogDaemon(_folder);
        using var heartbeat = Start(daemon.SocketPath, "--interval", "0.05");
        daemon.WaitForLine("beat 1");

        daemon.Stop();
        int heard = daemon.Count;
        daemon.Start();

        Waiting.Until("another beat", () => daemon.Count > heard);
        heartbeat.Signal(Sample.Interrupt);
        Assert.Equal(0, heartbeat.WaitForExit());
    }

    [SkippableFact]
    public void Heartbeat_ThatHangs_LetsTheWatchdogGo()
    {
        using var manager = new NotifyReceiver(_folder["notify"]);
        using var heartbeat = Start(_folder["none"], "--interval", "0.05", "--hang");

        Assert.StartsWith("READY=1", WithoutWatchdog(manager), StringComparison.Ordinal);
        Waiting.Until("silence", () => manager.IsSilent(TimeSpan.FromMilliseconds(500)) || manager.Receive() != "WATCHDOG=1");
        Assert.True(manager.IsSilent(TimeSpan.FromMilliseconds(100)));
    }

    [SkippableTheory]
    [InlineData("--interval", "0")]
    [InlineData("--interval", "soon")]
    [InlineData("--name", "two words")]
    [InlineData("--log", "relative")]
    [InlineData("--nonsense")]
    public void Heartbeat_BadUsage_IsRefused(params string[] arguments)
    {
        using var heartbeat = Sample.Start("heartbeat", null, arguments);

        Assert.Equal(2, heartbeat.WaitForExit());
        Assert.StartsWith("heartbeat: ", heartbeat.Errors(), StringComparison.Ordinal);
    }

    private static string WithoutWatchdog(NotifyReceiver manager)
    {
        while (true)
        {
            string told = manager.Receive();
            if (told != "WATCHDOG=1")
            {
                return told;
            }
        }
    }

    private Sample Start(string log, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["NOTIFY_SOCKET"] = _folder["notify"], ["WATCHDOG_USEC"] = "200000" };
        if (!File.Exists(_folder["notify"]))
        {
            environment.Clear();
        }

        return Sample.Start("heartbeat", environment, ["--log", log, "--name", "heart", .. arguments]);
    }
}
