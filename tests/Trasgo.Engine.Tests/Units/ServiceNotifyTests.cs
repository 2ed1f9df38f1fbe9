using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>What services say on $NOTIFY_SOCKET, and whose word counts (sd_notify(3)).</summary>
public class ServiceNotifyTests
{
    [Theory]
    [InlineData("none", "")]
    [InlineData("main", "main")]
    [InlineData("exec", "main control")]
    [InlineData("all", "main control child")]
    public void NotifyAccess_DecidesWhoseWordCounts(string access, string believed)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nExecReload=/slow\nNotifyAccess={access}");
        world.Start("a.service");
        world.Reload("a.service");
        var main = world.Main(service);
        var senders = new Dictionary<string, FakeProcess> { ["main"] = main, ["control"] = world.Control(service), ["child"] = world.Fork(main) };

        foreach (var (name, sender) in senders)
        {
            world.Notify(sender, $"STATUS={name}");
            Assert.Equal(believed.Split(' ').Contains(name), service.StatusText == name);
        }
    }

    [Theory]
    [InlineData("none", "reception is disabled.")]
    [InlineData("main", "reception only permitted for main PID {0}")]
    [InlineData("exec", "reception only permitted for main PID {0}")]
    public void Notification_ThatIsRefused_IsReported(string access, string text)
    {
        using var world = new UnitWorld();
        var service = world.Service($"ExecStart=/daemon\nNotifyAccess={access}");
        world.Start("a.service");
        var child = world.Fork(world.Main(service));

        world.Notify(child, "STATUS=x");

        var expected = text.Replace("{0}", service.MainPid.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains($"a.service: Got notification message from PID {child.Pid}, but {expected}", world.Log);
    }

    [Fact]
    public void Ready_ThatOvertakesTheNewsOfItsSender_IsNotLost()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon");
        world.Executor.IsHeld = true;
        world.Start("a.service");

        world.Notify(service, world.Processes.NextPid, 0, "READY=1", "STATUS=fast");
        Assert.Equal(ServiceState.Start, service.State);
        world.Executor.IsHeld = false;
        world.Settle();

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("fast", service.StatusText);
    }

    [Fact]
    public void Notification_OfAStrangerDuringASpawn_IsStillRefused()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon");
        world.Executor.IsHeld = true;
        world.Start("a.service");

        world.Notify(service, 77_777, 0, "READY=1");
        world.Executor.IsHeld = false;
        world.Settle();

        Assert.Equal(ServiceState.Start, service.State);
        Assert.True(world.Logged("Got notification message from PID 77777, but reception only permitted for main PID"));
    }

    [Fact]
    public void ReloadingThenReady_PassesThroughReload()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon");
        world.Start("a.service");
        var main = world.Main(service);
        world.Notify(main, "READY=1");

        world.Notify(main, "RELOADING=1");
        Assert.Equal(ServiceState.Reload, service.State);
        world.Notify(main, "READY=1");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Empty(main.Signals);
    }

    [Fact]
    public void Reloading_IsHandedOnToTheUnitsThatReloadAlong()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main", "PropagatesReloadTo=b.service");
        world.Service("ExecStart=/other\nExecReload=/exit/0 reload", name: "b.service");
        world.Start("b.service");
        world.Start("a.service");

        world.Notify(world.Main(service), "RELOADING=1");

        Assert.Contains("/exit/0 reload", world.Commands);
    }

    [Fact]
    public void Stopping_IsAStopThatTheServiceDoesItself()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main\nTimeoutStopSec=5\nExecStop=/exit/0");
        world.Start("a.service");
        var main = world.Main(service);

        world.Notify(main, "STOPPING=1");
        Assert.Equal(ServiceState.StopSigterm, service.State);
        Assert.Empty(main.Signals);
        world.Exit(main);

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal(["/daemon"], world.Commands);
    }

    [Fact]
    public void StateLines_InOneMessage_TheLastCounts()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");

        world.Notify(world.Main(service), "STOPPING=1", "RELOADING=1");

        Assert.Equal(ServiceState.Reload, service.State);
    }

    [Fact]
    public void Stopping_DuringStartPost_IsActedUponOnceItRuns()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStartPost=/slow\nNotifyAccess=main");
        world.Start("a.service");

        world.Notify(world.Main(service), "STOPPING=1");
        Assert.Equal(ServiceState.StartPost, service.State);
        world.Exit(world.Control(service));

        Assert.Equal(ServiceState.StopSigterm, service.State);
    }

    [Fact]
    public void MainPid_OfAnOwnProcess_IsAdoptedAndWatched()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");
        var first = world.Main(service);
        var second = world.Fork(first);

        world.Notify(service, first.Pid, 1000, $"MAINPID={second.Pid}");
        Assert.Equal(second.Pid, service.MainPid);
        world.Exit(first);
        Assert.Equal(ServiceState.Running, service.State);
        world.Exit(second, 5);

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.Equal(5, service.MainStatus.Status);
    }

    [Theory]
    [InlineData(0u, true)]
    [InlineData(1000u, false)]
    public void MainPid_OfAForeignProcess_IsBelievedOfRootOnly(uint uid, bool believed)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        var other = world.Service("ExecStart=/other", name: "b.service");
        world.Start("a.service");
        world.Start("b.service");

        world.Notify(service, service.MainPid, uid, $"MAINPID={other.MainPid}");

        Assert.Equal(believed, service.MainPid == other.MainPid);
    }

    [Theory]
    [InlineData("MAINPID=1", "is the manager, refusing.")]
    [InlineData("MAINPID=0", "Failed to parse MAINPID= field in notification message, ignoring: 0")]
    [InlineData("MAINPID=-5", "Failed to parse MAINPID= field in notification message, ignoring: -5")]
    [InlineData("MAINPID=99999", "New main PID 99999 does not exist or is a zombie.")]
    public void MainPid_ThatCannotBe_IsRefused(string line, string text)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");
        var pid = service.MainPid;

        world.Notify(world.Main(service), line);

        Assert.Equal(pid, service.MainPid);
        Assert.True(world.Logged(text));
    }

    [Theory]
    [InlineData("ERRNO=2", 2)]
    [InlineData("ERRNO=4096", 0)]
    [InlineData("ERRNO=-1", 0)]
    public void Errno_IsKeptWhenItIsOne_AndClearedByANewRun(string line, int expected)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");

        world.Notify(world.Main(service), line, "STATUS=old");
        Assert.Equal(expected, service.StatusErrno);
        world.Restart("a.service");

        Assert.Equal("", service.StatusText);
        Assert.Equal(0, service.StatusErrno);
    }

    [Fact]
    public void Notification_ThatIsEmptyOrNonsense_IsHarmless()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");

        world.Notify(world.Main(service));
        world.Notify(world.Main(service), "", "=", "WATCHDOG=", "FDSTOREREMOVE=1", "EXTEND_TIMEOUT_USEC=x", "WATCHDOG_USEC=-1");

        Assert.Equal(ServiceState.Running, service.State);
        Assert.True(world.Logged("FDSTOREREMOVE=1 requested, but no valid file descriptor name passed, ignoring."));
        Assert.True(world.Logged("Failed to parse EXTEND_TIMEOUT_USEC=x"));
    }

    [Theory]
    [InlineData("/dev/null")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    public void Descriptor_ThatCannotBeWaitedFor_IsStoredAllTheSame(string path)
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nFileDescriptorStoreMax=1");
        world.Start("a.service");

        Store(service, "odd", FileSystem.Open(path, OpenFlags.ReadOnly).OrThrow("open"));

        Assert.Equal(1, service.Store.Count);
    }

    [Fact]
    public void Descriptors_ThatAreStored_ComeBackWithTheNextStart()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nFileDescriptorStoreMax=2\nRestart=always");
        world.Start("a.service");
        var (read, write) = Pipe.Create().Value;
        var (third, other) = Pipe.Create().Value;
        using var closesOther = other;
        using var keepsReading = read.Duplicate().Value;

        Store(service, "first", read.Duplicate().Value);
        Store(service, "again", read);
        Assert.Equal(1, service.Store.Count);
        Store(service, "second", write);
        Store(service, "third", third);
        Assert.Equal(2, service.Store.Count);
        Assert.True(world.Logged("Cannot store more fds than FileDescriptorStoreMax=2, closing remaining."));
        world.Exit(world.Main(service), 1);
        world.Advance(1);
        Assert.Equal(["first", "second"], world.Executor.Requests[^1].Descriptors.Select(static passed => passed.Name).Order());

        world.Notify(world.Main(service), "FDSTOREREMOVE=1", "FDNAME=first");
        Assert.Equal(1, service.Store.Count);
        world.Stop("a.service");

        Assert.Equal(0, service.Store.Count);
        Assert.True(write.IsClosed);
    }

    [Fact]
    public void Descriptors_WithoutAStore_AreClosed()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNotifyAccess=main");
        world.Start("a.service");
        var (read, write) = Pipe.Create().Value;
        using var closesWrite = write;

        Store(service, "in:valid", read);

        Assert.Equal(0, service.Store.Count);
        Assert.True(read.IsClosed);
    }

    private static void Store(Service service, string name, Descriptor descriptor) =>
        service.OnNotify(new NotifyMessage(service.MainPid, 0, ["FDSTORE=1", "FDNAME=" + name], [descriptor]));
}
