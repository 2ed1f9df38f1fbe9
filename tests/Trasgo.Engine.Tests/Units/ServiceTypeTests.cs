using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

public class ServiceTypeTests
{
    [Fact]
    public void Simple_Started_IsRunningAsSoonAsItsProcessExists()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon");
        world.Executor.IsHeld = true;

        Assert.Null(world.Start("a.service"));
        Assert.Equal(ServiceState.Start, service.State);
        world.Executor.IsHeld = false;
        world.Settle();

        Assert.Equal(ServiceState.Running, service.State);
        Assert.Equal("/daemon", world.Main(service).Command);
        Assert.Contains("a.service/start done", world.Jobs.Ended);
    }
}
