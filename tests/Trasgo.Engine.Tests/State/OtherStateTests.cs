using Trasgo.Engine.Jobs;
using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.State;

/// <summary>Sockets, timers, paths, scopes, targets and jobs, while the manager executes itself anew.</summary>
public class OtherStateTests
{
    [Fact]
    public void Socket_ThatListens_LosesNobodyWhoConnectsMeanwhile()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nListenStream=$/b");
        place.World.Start("a.socket");
        var before = place.World;

        place.World = before.Reexecute(bytes =>
        {
            place.Dial("b");
            return bytes;
        });

        Assert.Equal(SocketState.Running, ((Socket)place.World.Unit("a.socket")).State);
        Assert.Equal(ServiceState.Running, place.Service().State);
        Assert.Equal(2, place.World.Executor.Requests[^1].Descriptors.Count);
        Assert.Equal(0, place.World.DescriptorsLeft);
        Close(before);
    }

    [Fact]
    public void Socket_WhoseServiceRuns_ListensAgainAfterIt()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a");
        place.World.Start("a.socket");
        place.Connect("a");
        var before = place.World;

        place.World = before.Reexecute();
        var socket = (Socket)place.World.Unit("a.socket");
        Assert.Equal(SocketState.Running, socket.State);
        UnitWorldExit(place, place.Service());

        // Nobody has accepted, so that it starts at once.
        Assert.Equal(ServiceState.Running, place.Service().State);
        Close(before);
    }

    [Fact]
    public void Socket_WithConnections_CountsThemOn()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nAccept=yes\nMaxConnections=2");
        place.World.Start("a.socket");
        place.Connect("a");
        var before = place.World;

        place.World = before.Reexecute();
        var socket = (Socket)place.World.Unit("a.socket");
        Assert.Equal((1u, 1u), (socket.ConnectionCount, socket.AcceptedCount));
        var instance = Assert.Single(place.Instances());
        Assert.True(instance.HasConnection);
        place.Connect("a");
        place.Connect("a");

        Assert.Equal((2u, 2u, 1u), (socket.ConnectionCount, socket.AcceptedCount, socket.RefusedCount));
        place.World.Exit(place.World.Main(instance));
        Assert.Equal(1u, socket.ConnectionCount);
        Close(before);
    }

    [Fact]
    public void Socket_WithAConnectionThatIsOnlyCounted_CountsItOn()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nAccept=yes");
        place.World.Start("a.socket");
        place.Connect("a");
        var instance = Assert.Single(place.Instances());
        var helper = place.World.Fork(place.World.Main(instance), "/helper");
        helper.Ignores.Add(Signo.SIGTERM);
        place.World.Exit(place.World.Main(instance));
        var before = place.World;

        place.World = before.Reexecute();
        var socket = (Socket)place.World.Unit("a.socket");
        Assert.Equal(1U, socket.ConnectionCount);
        place.World.Exit(place.World.Find(helper.Pid));
        Assert.Equal(0U, socket.ConnectionCount);
        Close(before);
    }

    [Fact]
    public void Socket_OfWhichALineIsGone_ClosesThatPort()
    {
        using var place = new SocketPlace();
        place.Socket("ListenStream=$/a\nListenStream=$/b");
        place.World.Start("a.socket");
        var before = place.World;

        place.World = before.Reexecute(bytes =>
        {
            before.File("a.socket", $"[Socket]\nListenStream={place["b"]}\n");
            return bytes;
        });

        Assert.Equal([place["b"]], ((Socket)place.World.Unit("a.socket")).Ports.Select(static port => port.Setting.Address));
        Close(before);
        Assert.Equal(Errno.ECONNREFUSED, UnixSocket.Connect(place["a"], nonBlocking: true).Error);
        using var peer = UnixSocket.Connect(place["b"], nonBlocking: true).OrThrow("connect");
    }

    [Fact]
    public void Timer_ThatWaits_ElapsesWhenItWouldHave()
    {
        var world = new UnitWorld();
        world.Service("ExecStart=/job\nType=oneshot");
        world.File("a.timer", "[Timer]\nOnActiveSec=100\nAccuracySec=1us\n");
        world.Load("a.timer");
        world.Start("a.timer");
        var changed = world.Unit("a.timer").StateChangeTimestamp;
        var next = ((TimerUnit)world.Unit("a.timer")).NextElapseMonotonic;
        world.Advance(60);

        world = world.Reexecute();
        var timer = (TimerUnit)world.Unit("a.timer");
        Assert.Equal((TimerState.Waiting, next, changed), (timer.State, timer.NextElapseMonotonic, timer.StateChangeTimestamp));
        world.Advance(39);
        Assert.Empty(world.Commands);
        world.Advance(1.1);

        Assert.Equal(["/job"], world.Commands);
        world.Dispose();
    }

    [Fact]
    public void Timer_WhoseTimeIsOverMeanwhile_ElapsesAtOnce()
    {
        var world = new UnitWorld();
        world.Service("ExecStart=/job\nType=oneshot");
        world.File("a.timer", "[Timer]\nOnActiveSec=10\nAccuracySec=1us\n");
        world.Load("a.timer");
        world.Start("a.timer");
        var before = world;

        world = before.Reexecute(bytes =>
        {
            before.Time.Advance(11_000_000);
            return bytes;
        });

        Assert.Equal(["/job"], world.Commands);
        world.Dispose();
    }

    [Fact]
    public void Scope_WithAProcess_EndsWithIt()
    {
        var world = new UnitWorld();
        var (_, process) = world.Scope("RuntimeMaxSec=100");
        world.Start("a.scope");
        world.Advance(50);

        world = world.Reexecute();
        var scope = (Scope)world.Unit("a.scope");
        Assert.Equal((ScopeState.Running, UnitLoadState.Loaded, true), (scope.State, scope.LoadState, scope.IsTransient));
        world.Advance(49);
        Assert.Equal(ScopeState.Running, scope.State);
        world.Advance(1.1);

        Assert.Contains("TERM", process.Signals);
        world.Dispose();
    }

    [Fact]
    public void Target_AndItsJobs_AreAsTheyWere()
    {
        var world = new UnitWorld();
        world.Service("ExecStart=/daemon\nType=notify");
        world.File("b.target", "[Unit]\nRequires=a.service\nAfter=a.service\n");
        world.Load("b.target");
        world.Start("b.target");
        var jobs = Jobs(world);
        Assert.Equal(2, world.Context.Jobs.Jobs.Count);

        world = world.Reexecute();
        Assert.Equal(jobs, Jobs(world));
        Assert.Equal(UnitActiveState.Inactive, world.Unit("b.target").ActiveState);
        world.Notify(world.Main((Service)world.Unit("a.service")), "READY=1");

        Assert.Equal(["a.service/start done", "b.target/start done"], world.Jobs.Ended);
        Assert.Equal(UnitActiveState.Active, world.Unit("b.target").ActiveState);
        world.Dispose();
    }

    [Fact]
    public void JobTimeout_CountsFromWhenTheJobWasMade()
    {
        var world = new UnitWorld();
        world.Service("ExecStart=/daemon\nType=notify\nTimeoutStartSec=infinity", "JobTimeoutSec=10");
        world.Start("a.service");
        world.Advance(6);

        world = world.Reexecute();
        world.Advance(3.9);
        Assert.Empty(world.Jobs.Ended);
        world.Advance(0.2);

        Assert.Equal(["a.service/start timeout"], world.Jobs.Ended);
        world.Dispose();
    }

    [Theory]
    [InlineData("PathExists=$/x")]
    [InlineData("PathChanged=$/x")]
    [InlineData("PathModified=$/x")]
    [InlineData("DirectoryNotEmpty=$/d")]
    [InlineData("PathExistsGlob=$/x*")]
    public void Path_ThatHappensMeanwhile_Triggers(string line)
    {
        var directory = Directory.CreateTempSubdirectory("trasgo-test-").FullName;
        Directory.CreateDirectory($"{directory}/d");
        var world = WithPath(line, directory);

        world = world.Reexecute(bytes =>
        {
            File.WriteAllText($"{directory}/x", "");
            File.WriteAllText($"{directory}/d/x", "");
            return bytes;
        });

        Assert.Equal(PathState.Running, ((PathUnit)world.Unit("a.path")).State);
        Assert.Equal(["/job"], world.Commands);
        world.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Path_ThatIsModifiedMeanwhile_TriggersOnce()
    {
        var directory = Directory.CreateTempSubdirectory("trasgo-test-").FullName;
        File.WriteAllText($"{directory}/x", "");
        var world = WithPath("PathModified=$/x", directory);

        world = world.Reexecute(bytes =>
        {
            File.WriteAllText($"{directory}/x", "more");
            return bytes;
        });

        Assert.Equal(["/job"], world.Commands);
        world.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void Path_WhereNothingHappens_WaitsOn()
    {
        var directory = Directory.CreateTempSubdirectory("trasgo-test-").FullName;
        File.WriteAllText($"{directory}/x", "");
        var world = WithPath("PathModified=$/x", directory);
        var changed = world.Unit("a.path").StateChangeTimestamp;

        world = world.Reexecute();

        Assert.Empty(world.Commands);
        Assert.Equal(changed, world.Unit("a.path").StateChangeTimestamp);
        File.WriteAllText($"{directory}/x", "more");
        world.Settle();
        Assert.Equal(["/job"], world.Commands);
        world.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    private static UnitWorld WithPath(string line, string directory)
    {
        var world = new UnitWorld();
        world.Service("ExecStart=/job");
        world.File("a.path", $"[Path]\n{line.Replace("$", directory, StringComparison.Ordinal)}\n");
        world.Load("a.path");
        world.Start("a.path");
        Assert.Equal(PathState.Waiting, ((PathUnit)world.Unit("a.path")).State);
        return world;
    }

    private static string Jobs(UnitWorld world) =>
        string.Join('\n', world.Context.Jobs.Save().Select(static job => $"{job.Id} {job.Unit} {job.Type} {job.State} {job.BeginUsec} {job.BeginRunningUsec}"));

    private static void UnitWorldExit(SocketPlace place, Service service) => place.World.Exit(place.World.Main(service));

    /// <summary>The manager that was there before is gone, and its descriptors with it.</summary>
    private static void Close(UnitWorld before)
    {
        foreach (var unit in before.Context.Units.All.ToList())
        {
            unit.OnRemoved();
        }
    }
}
