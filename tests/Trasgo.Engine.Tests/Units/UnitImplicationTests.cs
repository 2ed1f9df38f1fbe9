using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Tests.Units;

/// <summary>What follows from the settings of units that are loaded: dependencies, limits, refusals.</summary>
public class UnitImplicationTests
{
    [Fact]
    public void Dependency_OnATemplate_IsOnTheInstanceOfTheSameName()
    {
        using var world = new UnitWorld();
        world.File("failure@.service", "[Service]\nExecStart=/daemon\n");
        world.File("t@.service", "[Unit]\nOnFailure=failure@.service\n[Service]\nExecStart=/daemon\n");
        var plain = world.Service("ExecStart=/daemon", "OnFailure=failure@%i.service");
        var instance = world.Load("t@x.service");

        Assert.True(plain.HasDependency(UnitDependency.OnFailure, world.Unit("failure@a.service")));
        Assert.True(instance.HasDependency(UnitDependency.OnFailure, world.Unit("failure@x.service")));
    }

    [Fact]
    public void Timer_WithACalendar_ComesAfterTheClockIsSet_AndNeedsTheDirectoryOfItsStamps()
    {
        using var world = new UnitWorld();
        world.File("c.timer", "[Timer]\nOnCalendar=daily\nPersistent=yes\n");
        world.File("m.timer", "[Timer]\nOnBootSec=1h\n");
        world.File("none.timer", "[Timer]\nPersistent=yes\n");
        var calendar = world.Load("c.timer");
        var monotonic = world.Load("m.timer");

        Assert.True(calendar.HasDependency(UnitDependency.After, world.Unit("time-sync.target")));
        Assert.True(calendar.HasDependency(UnitDependency.After, world.Unit("time-set.target")));
        Assert.Contains("/var/lib/systemd/timers", calendar.Config.RequiresMountsFor);
        Assert.False(monotonic.HasDependency(UnitDependency.After, world.Unit("time-sync.target")));
        Assert.Empty(monotonic.Config.RequiresMountsFor);
        Assert.Equal(UnitLoadState.BadSetting, world.Load("none.timer").LoadState);
    }

    [Fact]
    public void Path_HasALimitAndNeedsWhatItWatches()
    {
        using var world = new UnitWorld();
        world.File("p.path", "[Path]\nPathExists=/srv/in\n");
        world.File("none.path", "[Path]\nMakeDirectory=yes\n");
        var path = (PathUnit)world.Load("p.path");

        Assert.Equal(["/srv/in"], path.Config.RequiresMountsFor);
        Assert.Equal(200u, path.Settings.TriggerLimitBurst);
        Assert.Equal(2 * TimeSpans.Second, path.Settings.TriggerLimitInterval);
        Assert.Equal(UnitLoadState.BadSetting, world.Load("none.path").LoadState);
    }

    [Theory]
    [InlineData("srv-in.automount", "Where=/srv/in", true)]
    [InlineData("srv-in.automount", "Where=/srv/other", false)]
    [InlineData("srv-in.automount", "Where=/srv/in\nExtraOptions=user,fd=3", false)]
    [InlineData("-.automount", "Where=/", false)]
    public void Automount_IsOfOnePlace(string name, string settings, bool isLoaded)
    {
        using var world = new UnitWorld();
        world.File(name, "[Automount]\n" + settings + "\n");
        var automount = world.Load(name);

        Assert.Equal(isLoaded ? UnitLoadState.Loaded : UnitLoadState.BadSetting, automount.LoadState);
        Assert.True(automount.HasDependency(UnitDependency.Before, world.Unit("local-fs.target")));
        Assert.True(automount.HasDependency(UnitDependency.Conflicts, world.Unit("umount.target")));
    }

    [Fact]
    public void Unit_ThatIsRefused_HasTheDependenciesReadBeforeTheMistake()
    {
        using var world = new UnitWorld();
        var unit = world.Service("ExecStart=/daemon\nUser=1:2", "After=before.service");

        Assert.Equal(UnitLoadState.BadSetting, unit.LoadState);
        Assert.True(unit.HasDependency(UnitDependency.After, world.Unit("before.service")));
        Assert.Null(unit.Slice);
    }
}
