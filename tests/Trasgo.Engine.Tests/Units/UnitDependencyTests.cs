using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>What the state of one unit does to others (systemd.unit(5)).</summary>
public class UnitDependencyTests
{
    [Fact]
    public void OnFailure_IsStartedWhenTheUnitFails_AndKnowsWhy()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/exit/3", "OnFailure=b.service");
        var handler = world.Service("ExecStart=/handler", name: "b.service");

        world.Start("a.service");

        Assert.Equal(ServiceState.Running, handler.State);
        Assert.True(world.Logged("a.service: Triggering OnFailure= dependencies."));
        var told = world.Executor.Requests[^1].Environment.ToDictionary(static pair => pair.Key, static pair => pair.Value);
        Assert.Equal("exit-code", told["MONITOR_SERVICE_RESULT"]);
        Assert.Equal("3", told["MONITOR_EXIT_STATUS"]);
        Assert.Equal("a.service", told["MONITOR_UNIT"]);
        Assert.Equal(service.InvocationId, told["MONITOR_INVOCATION_ID"]);
    }

    [Fact]
    public void OnFailure_OfAServiceThatRestarts_WaitsForItsFinalFailure()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/exit/3\nRestart=always", "OnFailure=b.service\nStartLimitBurst=3");
        world.Service("ExecStart=/handler", name: "b.service");

        world.Start("a.service");
        Assert.DoesNotContain("/handler", world.Commands);
        world.Advance(2);

        Assert.Equal(["/exit/3", "/exit/3", "/exit/3", "/handler"], world.Commands);
    }

    [Theory]
    [InlineData("/exit/0", true)]
    [InlineData("/exit/1", false)]
    public void OnSuccess_IsStartedWhenTheUnitEndsWell(string command, bool started)
    {
        using var world = new UnitWorld();
        world.Service($"ExecStart={command}", "OnSuccess=b.service");
        var handler = world.Service("ExecStart=/handler", name: "b.service");

        world.Start("a.service");

        Assert.Equal(started, handler.State == ServiceState.Running);
    }

    [Theory]
    [InlineData("BindsTo=b.service\nAfter=b.service", true)]
    [InlineData("BindsTo=b.service", true)]
    [InlineData("Requires=b.service\nAfter=b.service", false)]
    [InlineData("Wants=b.service", false)]
    [InlineData("PartOf=b.service", false)]
    public void Unit_WhoseDependencyDies_GoesWithItOnlyWhenItIsBound(string lines, bool stopped)
    {
        using var world = new UnitWorld();
        var other = world.Service("ExecStart=/other", name: "b.service");
        world.Start("b.service");
        var service = world.Service("ExecStart=/daemon", lines);
        world.Start("a.service");

        world.Exit(world.Main(other));

        Assert.Equal(stopped, service.State == ServiceState.Dead);
    }

    [Theory]
    [InlineData("BindsTo=b.service", true)]
    [InlineData("Requires=b.service", true)]
    [InlineData("Requisite=b.service\nAfter=b.service", true)]
    [InlineData("PartOf=b.service", true)]
    [InlineData("StopPropagatedFrom=b.service", true)]
    [InlineData("Wants=b.service", false)]
    [InlineData("Upholds=b.service", false)]
    public void Unit_WhoseDependencyIsStopped_IsStoppedToo(string lines, bool stopped)
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/other", name: "b.service");
        world.Start("b.service");
        var service = world.Service("ExecStart=/daemon", lines);
        Assert.Null(world.Start("a.service"));

        world.Stop("b.service");

        Assert.Equal(stopped, service.State == ServiceState.Dead);
    }

    [Fact]
    public void PropagatesStopTo_StopsTheOther()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon", "PropagatesStopTo=b.service");
        var other = world.Service("ExecStart=/other", name: "b.service");
        world.Start("a.service");
        world.Start("b.service");

        world.Stop("a.service");

        Assert.Equal(ServiceState.Dead, other.State);
    }

    [Fact]
    public void Requires_OfAUnitThatFails_FailsTheStart()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon", "Requires=b.service\nAfter=b.service");
        world.Service("Type=oneshot\nExecStart=/exit/1", name: "b.service");

        world.Start("a.service");

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Contains("a.service/start dependency", world.Jobs.Ended);
    }

    [Fact]
    public void Requisite_OfAUnitThatIsDown_FailsWithoutStartingIt()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon", "Requisite=b.service\nAfter=b.service");
        world.Service("ExecStart=/other", name: "b.service");

        world.Start("a.service");

        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Empty(world.Commands);
        Assert.Contains("a.service/start dependency", world.Jobs.Ended);
    }

    [Fact]
    public void BindsTo_OfAUnitThatEndsAtOnce_TakesTheStartedOneDown()
    {
        using var world = new UnitWorld();
        var service = world.Service("ExecStart=/daemon", "BindsTo=b.service");
        world.Service("Type=oneshot\nExecStart=/exit/0", name: "b.service");

        world.Start("a.service");

        Assert.Equal(ServiceState.Dead, service.State);
    }

    [Fact]
    public void Upholds_StartsTheOtherAgainAndAgain()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon", "Upholds=b.service");
        var other = world.Service("ExecStart=/other", name: "b.service");
        world.Start("a.service");
        Assert.Equal(ServiceState.Running, other.State);

        world.Exit(world.Main(other));
        Assert.Equal(ServiceState.Running, other.State);
        world.Stop("a.service");
        world.Stop("b.service");

        Assert.Equal(ServiceState.Dead, other.State);
    }

    [Fact]
    public void Upholds_OfAUnitThatKeepsDying_IsTriedAgainLaterOnly()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon", "Upholds=b.service");
        world.Service("ExecStart=/exit/0", "StartLimitIntervalSec=0", name: "b.service");

        world.Start("a.service");
        var tries = world.Commands.Count(static command => command == "/exit/0");
        Assert.InRange(tries, 16, 17);
        Assert.True(world.Logged("not starting since we tried this too often recently. Will retry later."));
        world.Advance(11);

        Assert.True(world.Commands.Count(static command => command == "/exit/0") > tries);
    }

    [Fact]
    public void StopWhenUnneeded_StopsWithTheLastThatNeededIt()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon", "Requires=b.service\nAfter=b.service");
        world.Service("ExecStart=/daemon2", "Wants=b.service\nAfter=b.service", "c.service");
        var needed = world.Service("ExecStart=/needed", "StopWhenUnneeded=yes", "b.service");
        world.Start("a.service");
        world.Start("c.service");

        world.Stop("a.service");
        Assert.Equal(ServiceState.Running, needed.State);
        world.Stop("c.service");

        Assert.Equal(ServiceState.Dead, needed.State);
    }

    [Theory]
    [InlineData("a.service", "b.service")]
    [InlineData("b.service", "a.service")]
    public void Conflicts_StopsTheOneThatIsUp(string first, string second)
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon", "Conflicts=b.service");
        world.Service("ExecStart=/other", name: "b.service");
        world.Start(first);

        world.Start(second);

        Assert.Equal(UnitActiveState.Inactive, world.Unit(first).ActiveState);
        Assert.Equal(UnitActiveState.Active, world.Unit(second).ActiveState);
    }

    [Fact]
    public void PropagatesReloadTo_ReloadsTheOtherAlong()
    {
        using var world = new UnitWorld();
        world.Service("ExecStart=/daemon\nExecReload=/exit/0 a", "PropagatesReloadTo=b.service");
        world.Service("ExecStart=/other\nExecReload=/exit/0 b", name: "b.service");
        world.Start("a.service");
        world.Start("b.service");

        world.Reload("a.service");

        Assert.Contains("/exit/0 b", world.Commands);
    }

    [Theory]
    [InlineData("ConditionPathExists=/no", "done", false)]
    [InlineData("AssertPathExists=/no", "assert", true)]
    public void Condition_ThatFails_SkipsWhereAnAssertFails(string line, string result, bool logged)
    {
        using var world = new UnitWorld();
        world.FalseConditions.Add("/no");
        var service = world.Service("ExecStart=/daemon", line);

        world.Start("a.service");

        Assert.Empty(world.Commands);
        Assert.Equal(ServiceState.Dead, service.State);
        Assert.Equal([$"a.service/start {result}"], world.Jobs.Ended);
        Assert.Equal(logged, world.Logged("asserts failed"));
    }

    [Theory]
    [InlineData("FailureAction=reboot", "/exit/9", "Reboot 9 unit a.service failed")]
    [InlineData("FailureAction=exit\nFailureActionExitStatus=7", "/exit/9", "Exit 7 unit a.service failed")]
    [InlineData("FailureAction=exit", "/signal/9", "Exit 255 unit a.service failed")]
    [InlineData("SuccessAction=exit", "/exit/0", "Exit 0 unit a.service succeeded")]
    public void EmergencyActions_AreTakenWithTheExitStatus(string lines, string command, string expected)
    {
        using var world = new UnitWorld();
        world.Service($"Type=oneshot\nExecStart={command}", lines);

        world.Start("a.service");

        Assert.Equal([expected], world.Emergencies);
    }

    [Theory]
    [InlineData("ExecStart=/daemon", true)]
    [InlineData("ExecStart=/daemon\nType=exec", false)]
    [InlineData("ExecStart=/daemon\nExecStartPost=/post", false)]
    public void Start_ThatOnlyWaitsForTheKernel_IsNotFailedByAnUnorderedRequirement(string lines, bool done)
    {
        using var world = new UnitWorld();
        var service = world.Service(lines, "Requires=b.service");
        world.Service("ExecStart=/other", "AssertPathExists=/nope", "b.service");
        world.FalseConditions.Add("/nope");
        world.Executor.IsHeld = true;
        world.Start("a.service");
        Assert.Equal(done, service.Job is not null);

        world.Executor.IsHeld = false;
        world.Settle();

        Assert.Contains(done ? "a.service/start done" : "a.service/start dependency", world.Jobs.Ended);
    }
}
