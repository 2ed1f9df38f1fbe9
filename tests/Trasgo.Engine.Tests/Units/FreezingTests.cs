using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>A unit that a client has had frozen hears nothing, so every job thaws it before it speaks to it.</summary>
public class FreezingTests
{
    [Fact]
    public void Job_ThatRuns_ThawsTheUnitFirst()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon\nExecReload=/exit/0");

        world.Start("a.service");
        Assert.Equal(1, world.Processes.Thawed.Count(unit => unit == service));
        world.Reload("a.service");
        Assert.Equal(2, world.Processes.Thawed.Count(unit => unit == service));
        world.Stop("a.service");
        Assert.Equal(3, world.Processes.Thawed.Count(unit => unit == service));
    }

    [Fact]
    public void Job_ThatHasNothingToDo_ThawsNothing()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");

        world.Stop("a.service");

        Assert.DoesNotContain(service, world.Processes.Thawed);
    }
}
