using System.Net;
using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Serving;

/// <summary>Master and workers, as processes.</summary>
public sealed class WorkerPoolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Probe _master;
    private readonly int _port;

    public WorkerPoolTests()
    {
        _master = Probe.Start("serve", "pool", "--most", "2", "--drain", "10", "--fail-if", _folder["broken"]);
        _port = int.Parse(_master.ReadLine()!);
        Waiting.Until("the workers", () => Workers() is { Length: 2 } workers && workers.All(HandlesSigusr1));
    }

    [Fact]
    public void Start_OfAPool_HasWorkersThatServe()
    {
        string[] workers = Workers();

        for (int i = 0; i < 5; i++)
        {
            Assert.Contains(Client.Ask(_port, "pid"), workers);
        }
    }

    [Fact]
    public void Worker_ThatIsKilled_IsReplaced()
    {
        string[] before = Workers();
        Processes.Signal(int.Parse(before[0]), 9);

        Assert.StartsWith("error: worker ", _master.ReadLine(), StringComparison.Ordinal);
        Waiting.Until("a new worker", () => Workers() is { Length: 2 } now && !now.Contains(before[0]) && now.Contains(before[1]));
        Assert.NotNull(Client.Ask(_port, "pid"));
    }

    [Fact]
    public void Reload_UnderLoad_ReplacesAllWorkersAndLosesNoConnection()
    {
        string[] before = Workers();
        using var slow = new Client(IPAddress.Loopback, _port);
        slow.Send("hold");
        Assert.Equal("held", slow.ReadLine());

        _master.Signal(1);
        int asked = 0;
        Waiting.Until("new workers", () =>
        {
            Assert.NotNull(Client.Ask(_port, "pid"));
            asked++;
            return Workers().Count(worker => !before.Contains(worker)) == 2 && Workers().Length == 3;
        });

        // The one that holds a connection is told to end and stays until it has served it.
        Assert.Equal(3, Workers().Length);
        slow.Send("go on");
        Assert.Equal("released", slow.ReadLine());
        Waiting.Until("the old workers' end", () => !Workers().Intersect(before).Any());
        Assert.True(asked > 0);
    }

    [Fact]
    public void Reload_WithAConfigurationThatDoesNotWork_KeepsTheOldWorkers()
    {
        string[] before = Workers();
        File.WriteAllText(_folder["broken"], "");

        _master.Signal(1);
        _master.ReadUntil("error: worker ");
        _master.ReadUntil("error: worker ");

        Assert.Equal(before.Order(StringComparer.Ordinal), Workers().Order(StringComparer.Ordinal));
        File.Delete(_folder["broken"]);
        _master.Signal(1);
        Waiting.Until("new workers", () => Workers() is { Length: 2 } now && !now.Intersect(before).Any());
    }

    [Fact]
    public void Signal_ToThePool_ReachesEachWorker()
    {
        _master.Signal(10);

        Assert.Equal(["worker 0 reopens", "worker 1 reopens"], new[] { _master.ReadLine(), _master.ReadLine() }.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Signal_ToAWorkerThatIsStarting_ReachesItWhenItIsReady()
    {
        string[] before = Workers();

        // The successors have only just been started, and cannot have a handler yet.
        _master.Signal(1);
        Waiting.Until("successors", () => Workers().Length > 2);
        _master.Signal(10);

        Waiting.Until("new workers", () => Workers() is { Length: 2 } now && !now.Intersect(before).Any());
        string[] lines = [_master.ReadLine()!, _master.ReadLine()!];
        Assert.All(lines, line => Assert.EndsWith(" reopens", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Stop_WithAConnection_LetsItBeServed()
    {
        using var slow = new Client(IPAddress.Loopback, _port);
        slow.Send("hold");
        Assert.Equal("held", slow.ReadLine());

        _master.Signal(3);
        Waiting.Until("the idle worker's end", () => Workers().Length == 1);
        slow.Send("go on");

        Assert.Equal("released", slow.ReadLine());
        Assert.Equal("left: 0", _master.ReadLine());
        Assert.Equal("done", _master.ReadLine());
        Assert.Equal(0, _master.WaitForExit());
    }

    [Fact]
    public void Master_ThatIsKilled_TakesItsWorkersWithIt()
    {
        string[] workers = Workers();
        _master.Signal(9);

        Waiting.Until("the workers' end", () => !workers.Any(worker => Processes.IsAlive(int.Parse(worker))));
    }

    [Fact]
    public void Master_ThatIsKilledWhileWorkersStart_LeavesNobodyWhoTakesItselfForAMaster()
    {
        string[] before = Workers();
        _master.Signal(1);
        Waiting.Until("new workers", () => Workers().Length > before.Length);
        _master.Signal(9);
        _master.WaitForExit();

        Waiting.Until("everybody's end", () => Peer.Run("/usr/bin/pgrep", "-f", _folder["broken"]).Length == 0);
    }

    public void Dispose()
    {
        _master.Dispose();
        _folder.Dispose();
    }

    /// <summary>The last thing that a worker does before it serves.</summary>
    private static bool HandlesSigusr1(string worker) => (Convert.ToUInt64(Processes.Status(int.Parse(worker), "SigCgt"), 16) & (1UL << 9)) != 0;

    private string[] Workers() => Peer.Run("/bin/ps", "-o", "pid=,stat=", "--ppid", _master.Id.ToString()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Where(fields => !fields[1].StartsWith('Z')).Select(fields => fields[0]).ToArray();
}
