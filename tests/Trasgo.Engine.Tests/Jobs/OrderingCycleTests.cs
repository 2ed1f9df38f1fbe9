using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class OrderingCycleTests
{
    [Fact]
    public void Cycle_WithAWant_LosesTheWantAndNamesTheWholePath()
    {
        var world = FakeWorld.With("t Wants a", "a Requires b", "a After b", "b After c", "t Requires c", "c After a");
        world.Enqueue(JobType.Start, "t");
        Assert.Equal("c/start t/start", world.Installed());
        var cycle = Assert.Single(world.Cycles);
        Assert.Equal(3, cycle.Path.Count);
        Assert.Equal(cycle.Start, cycle.Path[^1]);
        Assert.Equal(
            [
                $"Warning: {cycle.Start.Unit.Id}: Found ordering cycle on {cycle.Path[0]}",
                $"Warning: {cycle.Start.Unit.Id}: Found dependency on {cycle.Path[1]}",
                $"Warning: {cycle.Start.Unit.Id}: Found dependency on {cycle.Path[2]}",
                $"Error: {cycle.Start.Unit.Id}: Job {cycle.Deleted} deleted to break ordering cycle starting with {cycle.Start}",
            ],
            world.Log.Where(line => !line.StartsWith("Debug", StringComparison.Ordinal)));
    }

    [Fact]
    public void Cycle_OfTwoThatTheRequestNeeds_IsRefused()
    {
        var world = FakeWorld.With("t Requires a b", "a After b", "b After a");
        Assert.Equal(
            new JobRefusal(
                JobErrors.TransactionOrderIsCyclic, "Transaction order is cyclic. See system logs for details."),
            world.Refused(JobType.Start, "t"));
        Assert.Contains(world.Log, line => line.Contains("Unable to break cycle starting with ", StringComparison.Ordinal));
        Assert.Contains(
            "Warning: Requested transaction contains an unfixable cyclic ordering dependency: "
            + "Transaction order is cyclic. See system logs for details.",
            world.Log);
        Assert.Empty(world.Cycles);
    }

    [Fact]
    public void Cycle_OfOne_IsACycle()
    {
        var world = FakeWorld.With("t Wants a", "a After a");
        Assert.Equal("t/start", world.Planned(JobType.Start, "t"));
        Assert.Equal(JobErrors.TransactionOrderIsCyclic, world.Refused(JobType.Start, "a").ErrorName);
    }

    [Fact]
    public void Cycle_ThatStopsAndStartsRunThroughDifferently_IsNone()
    {
        // b is stopped first whatever the order of the units is.
        var world = FakeWorld.With("a Conflicts b", "a After b").Active("b");
        Assert.Equal("a/start b/stop", world.Planned(JobType.Start, "a"));
        world = FakeWorld.With("a Conflicts b", "a Before b").Active("b");
        Assert.Equal("a/start b/stop", world.Planned(JobType.Start, "a"));
    }

    [Fact]
    public void Cycle_ClosedByAnInstalledJob_LosesTheNewOne()
    {
        var world = FakeWorld.With("a After b", "b After a", "t Wants b");
        world.Enqueue(JobType.Start, "a");
        world.Enqueue(JobType.Start, "t");
        Assert.Equal("a/start t/start", world.Installed());
        Assert.Equal("b/start", Assert.Single(world.Cycles).Deleted.ToString());
    }

    [Fact]
    public void Cycle_IgnoringDependencies_IsNone()
    {
        var world = FakeWorld.With("a After a");
        Assert.Equal("a/start", world.Planned(JobType.Start, "a", JobMode.IgnoreDependencies));
    }

    [Fact]
    public void Cycle_WhenBroken_TakesWhatNeedsAndWhatOnlyItNeeded()
    {
        var world = FakeWorld.With("t Wants a x", "x Requires a", "a Requires only", "a After b", "b After a", "t Requires b");
        Assert.Equal("b/start t/start", world.Planned(JobType.Start, "t"));
    }

    [Fact]
    public void Cycle_BehindARedundantJob_IsNotLookedAt()
    {
        var world = FakeWorld.With("t Requires a b", "a After b", "b After a").Active("b");
        Assert.Equal("a/start t/start", world.Planned(JobType.Start, "t"));
    }

    [Fact]
    public void Cycles_ManyInOneTransaction_AllBreak()
    {
        var world = new FakeWorld();
        for (var i = 0; i < 2000; i++)
        {
            world["t"].Depend(UnitFiles.Directives.UnitDependency.Wants, world[$"a{i}"], world[$"b{i}"]);
            world[$"a{i}"].Depend(UnitFiles.Directives.UnitDependency.After, world[$"b{i}"]);
            world[$"b{i}"].Depend(UnitFiles.Directives.UnitDependency.After, world[$"a{i}"]);
        }

        var plan = world.Plan(JobType.Start, "t");
        Assert.Equal(2000, plan.Cycles.Count);
        Assert.Equal(2001, plan.Jobs.Count);
    }

    [Fact]
    public void Cycle_WhoseVictimUncoversAnInstalledJob_IsLookedAtAgain()
    {
        // Without its new stop job, b is a start again, which has to run after c.
        var world = FakeWorld.With("b After c");
        world.Enqueue(JobType.Start, "b");
        world["t"].Depend(UnitFiles.Directives.UnitDependency.Wants, world["x"], world["c"]);
        world["x"].Depend(UnitFiles.Directives.UnitDependency.Conflicts, world["b"]);
        world["x"].Depend(UnitFiles.Directives.UnitDependency.After, world["x"]);
        world["c"].Depend(UnitFiles.Directives.UnitDependency.After, world["b"]);
        world.Enqueue(JobType.Start, "t");
        Assert.Equal("b/start t/start", world.Installed());
        Assert.Equal(2, world.Cycles.Count);
    }

    [Fact]
    public void Cycle_ThatClosesOnceARestartHasBecomeAStart_IsFoundBeforehand()
    {
        // The stop of a precedes the start of b either way; then the starts would wait for each other.
        var world = FakeWorld.With("a Wants b", "a After b", "b After a").Active("a");
        Assert.Equal("a/restart", world.Planned(JobType.Restart, "a"));
        world = FakeWorld.With("a Requires b", "a After b", "b After a").Active("a");
        Assert.Equal(JobErrors.TransactionOrderIsCyclic, world.Refused(JobType.Restart, "a").ErrorName);
    }

    [Fact]
    public void Cycle_ThatClosesByMergingWithAnInstalledJob_IsFoundBeforehand()
    {
        // Started now, b would merge into its restart, and so stop before c, which a restart of c has to precede.
        var world = FakeWorld.With("t Wants b c", "b After c", "c After b");
        world["b"].OnStop = world["c"].OnStop = static _ => JobOutcome.Begun;
        world["b"].ActiveState = world["c"].ActiveState = UnitActiveState.Deactivating;
        world.Enqueue(JobType.Restart, "b");
        world.Enqueue(JobType.Start, "t");
        Assert.Equal("b/restart t/start", world.Installed());
        Assert.Equal("c/start", Assert.Single(world.Cycles).Deleted.ToString());
    }
}
