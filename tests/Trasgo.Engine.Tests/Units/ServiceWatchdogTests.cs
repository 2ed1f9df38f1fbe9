using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>What WatchdogUSec= shows, and when the perpetual units say that they came up.</summary>
public class ServiceWatchdogTests
{
    [Fact]
    public void Interval_BeforeTheFirstStart_IsInfinite()
    {
        using var world = new UnitWorld();
        var service = world.Service("Type=notify\nWatchdogSec=3\nExecStart=/daemon");

        Assert.Equal(ulong.MaxValue, service.Watchdog.IntervalUsec);
    }

    [Fact]
    public void Interval_OfARun_StaysOverAReloadOfTheFiles()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nWatchdogSec=3");
        world.Start("a.service");
        world.Service("ExecStart=/daemon\nWatchdogSec=7");
        world.DaemonReload();
        Assert.Equal(3_000_000ul, service.Watchdog.IntervalUsec);

        world.Restart("a.service");

        Assert.Equal(7_000_000ul, service.Watchdog.IntervalUsec);
    }

    [Theory]
    [InlineData("-.slice")]
    [InlineData("system.slice")]
    [InlineData("init.scope")]
    public void PerpetualUnit_WasUpFromTheBeginning_AndSaysWhen(string name)
    {
        using var world = new UnitWorld();
        var unit = world.Load(name);

        Assert.True(unit.ActiveEnterTimestamp.IsSet);
        Assert.Equal(unit.StateChangeTimestamp, unit.InactiveExitTimestamp);
        Assert.False(unit.InactiveEnterTimestamp.IsSet);
    }
}
