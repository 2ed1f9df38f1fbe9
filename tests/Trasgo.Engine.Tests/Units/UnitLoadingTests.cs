using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Tests.Units;

/// <summary>How units come from files, go when nobody needs them, and live through a reload.</summary>
public class UnitLoadingTests
{
    [Fact]
    public void Service_HasItsDefaultDependencies()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");

        Assert.True(service.HasDependency(UnitDependency.Requires, world.Unit("sysinit.target")));
        Assert.True(service.HasDependency(UnitDependency.After, world.Unit("basic.target")));
        Assert.True(service.HasDependency(UnitDependency.Conflicts, world.Unit("shutdown.target")));
        Assert.True(service.HasDependency(UnitDependency.Before, world.Unit("shutdown.target")));
        Assert.Equal("system.slice", service.Slice!.Id);
    }

    [Fact]
    public void Service_ThatIsNotThere_HasNothingOfTheManagersSettings()
    {
        using var world = new UnitWorld();
        world.Context.Defaults.Limits[(int)ResourceLimitKind.OpenFiles] = new ResourceLimit(1024, 4096);
        var service = world.Service("ExecStart=/daemon");
        var missing = (Service)world.Load("missing.service");

        Assert.NotNull(service.Exec.Limits[(int)ResourceLimitKind.OpenFiles]);
        Assert.Null(missing.Exec.Limits[(int)ResourceLimitKind.OpenFiles]);
    }

    [Fact]
    public void Service_OfAUserManager_HasThoseOfUsers()
    {
        using var world = new UnitWorld(RuntimeScope.User);
        var service = world.Service("ExecStart=/daemon");

        Assert.True(service.HasDependency(UnitDependency.Requires, world.Unit("basic.target")));
        Assert.False(service.HasDependency(UnitDependency.Requires, world.Unit("sysinit.target")));
        Assert.Equal("app.slice", service.Slice!.Id);
    }

    [Fact]
    public void Service_WithoutDefaultDependencies_HasNone()
    {
        using var world = new UnitWorld();
        world.Load("shutdown.target");
        var service = world.Service("ExecStart=/daemon", "DefaultDependencies=no");

        Assert.False(service.HasDependency(UnitDependency.Requires, world.Unit("sysinit.target")));
        Assert.False(service.HasDependency(UnitDependency.Conflicts, world.Unit("shutdown.target")));
    }

    [Fact]
    public void Target_ComesAfterWhatItPullsIn_UnlessTheOppositeIsSaid()
    {
        using var world = new UnitWorld();
        var before = world.Service("ExecStart=/a");
        var after = world.Service("ExecStart=/b", "After=my.target", "b.service");
        Assert.Equal(UnitLoadState.NotFound, world.Unit("my.target").LoadState);
        world.File("my.target", "[Unit]\nWants=a.service\nRequires=b.service\n");
        var target = world.Load("my.target");

        Assert.True(target.HasDependency(UnitDependency.After, before));
        Assert.False(target.HasDependency(UnitDependency.After, after));
    }

    [Fact]
    public void Template_OfAnInstance_IsReadWithItsName()
    {
        using var world = new UnitWorld();
        world.File("t@.service", "[Unit]\nDescription=Instance %i of %p\n[Service]\nExecStart=/daemon %I\n");

        var unit = (Service)world.Load("t@a-b.service");
        world.Start("t@a-b.service");

        Assert.Equal("Instance a-b of t", unit.Description);
        Assert.Equal("/daemon a/b", world.Commands.Single());
        Assert.Equal("system-t.slice", unit.Slice!.Id);
        Assert.Equal(UnitActiveState.Active, unit.Slice.ActiveState);
    }

    [Fact]
    public void Template_WithoutAnInstance_IsNoUnit()
    {
        using var world = new UnitWorld();
        world.File("t@.service", "[Service]\nExecStart=/daemon\n");

        Assert.Null(world.Context.Loader.LoadNow("t@.service"));
        Assert.Null(world.Context.Loader.LoadNow("../x.service"));
    }

    [Fact]
    public void Alias_LeadsToTheSameUnit()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Link("/etc/systemd/system/a.service", "alias.service");

        Assert.Same(service, world.Load("alias.service"));
        Assert.Contains("alias.service", service.Names);
    }

    [Fact]
    public void Mask_ForbidsTheUnit()
    {
        using var world = new UnitWorld();
        world.Link("/dev/null", "a.service");
        var unit = world.Load("a.service");

        Assert.Equal(UnitLoadState.Masked, unit.LoadState);
        Assert.Equal("Unit a.service is masked.", world.Start("a.service")!.Message);
    }

    [Fact]
    public void Unit_ThatIsNotThere_IsFoundOnceItsFileAppears()
    {
        using var world = new UnitWorld();
        var unit = world.Load("a.service");
        Assert.Equal(UnitLoadState.NotFound, unit.LoadState);
        Assert.Equal("Unit a.service not found.", world.Start("a.service")!.Message);

        world.File("a.service", "[Service]\nExecStart=/daemon\n");

        Assert.Null(world.Start("a.service"));
        Assert.Equal(UnitActiveState.Active, unit.ActiveState);
    }

    [Fact]
    public void DropIn_AddsToTheFile()
    {
        using var world = new UnitWorld();
        world.File("a.service.d/10-more.conf", "[Unit]\nDescription=Dropped in\n[Service]\nExecStart=\nExecStart=/other\n");
        var service = world.Service("ExecStart=/daemon");

        world.Start("a.service");

        Assert.Equal("Dropped in", service.Description);
        Assert.Equal(["/other"], world.Commands);
        Assert.Equal(["/etc/systemd/system/a.service.d/10-more.conf"], service.Origin.DropInPaths);
    }

    [Fact]
    public void WantsDirectory_MakesDependencies()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.File("my.target", "[Unit]\n");
        world.Link("../a.service", "my.target.wants/a.service");
        world.Load("my.target");

        world.Start("my.target");

        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void UnknownKeys_AreReportedAndIgnored()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nNonsense=1\nX-Mine=2");

        Assert.Equal(UnitLoadState.Loaded, service.LoadState);
        Assert.Single(world.Log, static line => line.Contains("Unknown key name 'Nonsense' in section 'Service', ignoring.", StringComparison.Ordinal));
        Assert.False(world.Logged("X-Mine"));
    }

    [Fact]
    public void RequiresMountsFor_OrdersAfterTheMountsOnTheWay()
    {
        using var world = new UnitWorld();
        world.File("srv-data.mount", "[Mount]\nWhat=/dev/x\nWhere=/srv/data\n");
        var service = world.Service("ExecStart=/daemon", "RequiresMountsFor=/srv/data/deep");
        var mount = world.Unit("srv-data.mount");

        Assert.True(service.HasDependency(UnitDependency.After, mount));
        Assert.True(service.HasDependency(UnitDependency.Requires, mount));
    }

    [Fact]
    public void Slices_OfASlice_AreItsParents()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon\nSlice=a-b.slice");

        world.Start("a.service");

        Assert.Equal("a.slice", world.Unit("a-b.slice").Slice!.Id);
        Assert.Equal("-.slice", world.Unit("a.slice").Slice!.Id);
        Assert.Equal(UnitActiveState.Active, world.Unit("a.slice").ActiveState);
    }

    [Fact]
    public void Unit_ThatNobodyNeeds_IsCollected()
    {
        using var world = new UnitWorld();
        world.File("a.service", "[Service]\nExecStart=/exit/0\n");

        world.Start("a.service");

        Assert.Null(world.Context.Units.Find("a.service"));
        Assert.Contains("a.service", world.Removed);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("CollectMode=inactive-or-failed", false)]
    public void Unit_ThatFailed_IsKeptToBeLookedAt(string line, bool kept)
    {
        using var world = new UnitWorld();
        world.File("a.service", $"[Unit]\n{line}\n[Service]\nExecStart=/exit/1\n");

        world.Start("a.service");

        Assert.Equal(kept, world.Context.Units.Find("a.service") is not null);
        Assert.Equal(kept ? 1 : 0, world.Context.Units.FailedCount);
    }

    [Fact]
    public void RingOfUnits_ThatOnlyNeedEachOther_IsCollectedWhole()
    {
        using var world = new UnitWorld();
        world.File("a.service", "[Unit]\nWants=b.service\n[Service]\nExecStart=/daemon\n");
        world.File("b.service", "[Unit]\nWants=c.service\n[Service]\nExecStart=/daemon\n");
        world.File("c.service", "[Unit]\nWants=a.service\n[Service]\nExecStart=/daemon\n");
        world.Start("a.service");
        Assert.Equal(3, world.Commands.Count());

        world.Stop("a.service");
        world.Stop("b.service");
        Assert.NotNull(world.Context.Units.Find("a.service"));
        world.Stop("c.service");

        Assert.Null(world.Context.Units.Find("a.service"));
        Assert.Null(world.Context.Units.Find("b.service"));
        Assert.Null(world.Context.Units.Find("c.service"));
    }

    [Fact]
    public void DaemonReload_LosesNothingOfWhatRuns()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nExecStart=/daemon\nWatchdogSec=5\nTimeoutStopSec=7", "After=b.service");
        var other = world.Service("Type=notify\nExecStart=/slow", name: "b.service");
        world.Start("b.service");
        world.Start("a.service");
        var queued = service.Job!;
        world.File("a.service", "[Unit]\nDescription=New\nAfter=b.service\n[Service]\nType=notify\nExecStart=/new\nTimeoutStopSec=9\n");

        world.DaemonReload();
        Assert.Same(queued, service.Job);
        Assert.Equal("New", service.Description);
        Assert.Equal(9_000_000ul, service.Settings.TimeoutStop);
        Assert.Equal(ServiceState.Start, other.State);
        world.Notify(world.Main(other), "READY=1");

        Assert.Equal("/new", world.Commands.Last());
        Assert.True(service.HasDependency(UnitDependency.After, other));
    }

    [Fact]
    public void DaemonReload_WithoutTheFile_KeepsTheProcess()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecStop=/exit/0");
        world.Start("a.service");
        var pid = service.MainPid;
        world.Delete("a.service");

        world.DaemonReload();
        Assert.Equal(UnitLoadState.NotFound, service.LoadState);
        Assert.Equal(pid, service.MainPid);
        Assert.Equal(ServiceState.Running, service.State);
        world.Stop("a.service");

        Assert.True(service.IsInactiveOrFailed);
        Assert.Empty(world.Processes.ProcessesOf(service));
    }

    [Fact]
    public void DaemonReload_ForgetsTheCountOfStarts()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/1", "StartLimitBurst=2");
        world.Start("a.service");
        world.Start("a.service");
        world.Start("a.service");
        Assert.True(service.StartLimitHit);

        world.DaemonReload();
        Assert.False(service.StartLimitHit);
        world.Start("a.service");

        Assert.Equal(3, world.Commands.Count());
    }

    [Fact]
    public void DaemonReload_AliasesComeAndGo()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Link("a.service", "old.service");
        world.Load("old.service");
        world.Start("a.service");

        world.DaemonReload();
        Assert.Equal(["a.service", "old.service"], service.Names);

        world.Delete("old.service");
        world.DaemonReload();
        Assert.Equal(["a.service"], service.Names);
        Assert.False(world.Context.Units.Has("old.service"));
        Assert.Equal(ServiceState.Running, service.State);
    }

    [Fact]
    public void Unit_WithDropInsAlone_IsNotFoundAndHasNoneOfThem()
    {
        using var world = new UnitWorld();
        world.File("a.service.d/10.conf", "[Unit]\nDescription=alone\n");
        world.File("b.slice.d/10.conf", "[Unit]\nDescription=alone\n");

        var service = world.Load("a.service");
        Assert.Equal(UnitLoadState.NotFound, service.LoadState);
        Assert.Empty(service.Origin.DropInPaths);
        Assert.NotEqual("alone", service.Config.Description);
        Assert.False(service.Origin.HasChanged!());
        Assert.Equal("alone", world.Load("b.slice").Config.Description);
    }

    [Fact]
    public void NeedDaemonReload_SeesTheSourceOfAGeneratedUnit()
    {
        using var world = new UnitWorld();
        world.File("/etc/table", "one");
        var service = world.Service("ExecStart=/daemon", "SourcePath=/etc/table");
        Assert.False(service.Origin.HasChanged!());

        world.Advance(1);
        world.File("/etc/table", "two");

        Assert.True(service.Origin.HasChanged!());
    }
}
