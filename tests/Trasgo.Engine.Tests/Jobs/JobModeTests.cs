using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class JobModeTests
{
    [Fact]
    public void Fail_AgainstConflictingJob_IsDestructive()
    {
        var world = FakeWorld.With("a").Active("a");
        world.Enqueue(JobType.Stop, "a");
        Assert.Equal(
            new JobRefusal(
                JobErrors.TransactionIsDestructive,
                "Transaction for a/start is destructive (a has 'stop' job queued, but 'start' is included in transaction)."),
            world.Refused(JobType.Start, "a", JobMode.Fail));
        Assert.Contains(
            world.Log, line => line.StartsWith("Notice: Requested transaction contradicts existing jobs: ", StringComparison.Ordinal));
        Assert.Equal("a/stop", world.Installed());
    }

    [Fact]
    public void Fail_WithOptionalPartAgainstExistingJob_GoesWithoutThatPart()
    {
        var world = FakeWorld.With("a Wants b").Active("b");
        world.Enqueue(JobType.Stop, "b");
        Assert.Equal("a/start", world.Planned(JobType.Start, "a", JobMode.Fail));
        Assert.Equal("a/start b/start", world.Planned(JobType.Start, "a", JobMode.Replace));
    }

    [Fact]
    public void Fail_WithOptionalStopOfRunningUnit_LeavesItRunning()
    {
        var world = FakeWorld.With("b Conflicts a").Active("b");
        Assert.Equal("a/start", world.Planned(JobType.Start, "a", JobMode.Fail));
        Assert.Equal("a/start b/stop", world.Planned(JobType.Start, "a", JobMode.Replace));
    }

    [Fact]
    public void Fail_WithNeededStopOfRunningUnit_StopsIt() => Assert.Equal(
        "a/start b/stop", FakeWorld.With("a Conflicts b").Active("b").Planned(JobType.Start, "a", JobMode.Fail));

    [Fact]
    public void Replace_AgainstConflictingJob_CancelsIt()
    {
        var world = FakeWorld.With("a").Active("a");
        var stop = world.Enqueue(JobType.Stop, "a");
        var start = world.Enqueue(JobType.Start, "a");
        Assert.Equal(JobResult.Canceled, stop.Result);
        Assert.NotEqual(stop.Id, start.Id);
        Assert.Equal("a/start", world.Installed());
        Assert.Equal("a/stop canceled", world.Saw("removed"));
    }

    [Fact]
    public void ReplaceIrreversibly_AgainstLaterReplace_Stands()
    {
        var world = FakeWorld.With("a").Active("a");
        Assert.True(world.Enqueue(JobType.Stop, "a", JobMode.ReplaceIrreversibly).Irreversible);
        Assert.Equal(JobErrors.TransactionIsDestructive, world.Refused(JobType.Start, "a").ErrorName);
        Assert.Equal("a/stop", world.Installed());
    }

    [Fact]
    public void Isolate_OfTarget_StopsAllItDoesNotPullIn()
    {
        var world = FakeWorld.With("t Wants a", "a Requires b", "x", "y", "idle").Active("b", "x", "y", "keep");
        world["t"].AllowIsolate = true;
        world["keep"].IgnoreOnIsolate = true;
        Assert.Equal("a/start t/start x/stop y/stop", world.Planned(JobType.Start, "t", JobMode.Isolate));
    }

    [Fact]
    public void Isolate_WithServiceWhoseSocketStays_KeepsTheService()
    {
        var world = FakeWorld.With("t Wants sock", "sock Triggers svc", "other Triggers lone").Active("sock", "svc", "lone");
        world["t"].AllowIsolate = true;
        Assert.Equal("lone/stop t/start", world.Planned(JobType.Start, "t", JobMode.Isolate));
    }

    [Fact]
    public void Isolate_WithJobsOfOthers_CancelsThemButNotTheIgnored()
    {
        var world = FakeWorld.With("t", "x", "keep");
        world["t"].AllowIsolate = true;
        world["keep"].IgnoreOnIsolate = true;
        world.Enqueue(JobType.Start, "x");
        world.Enqueue(JobType.Start, "keep");
        world.Enqueue(JobType.Start, "t", JobMode.Isolate);
        Assert.Equal("keep/start t/start x/stop", world.Installed());
        Assert.Equal("x/start canceled", world.Saw("removed"));
    }

    [Fact]
    public void Flush_WithJobsOfOthers_CancelsThemAndStopsNothing()
    {
        var world = FakeWorld.With("a", "x", "keep").Active("y");
        world["keep"].IgnoreOnIsolate = true;
        world.Enqueue(JobType.Start, "x");
        world.Enqueue(JobType.Start, "keep");
        Assert.Equal(["x/start"], world.Plan(JobType.Start, "a", JobMode.Flush).Cancelled.Select(job => job.ToString()));
        world.Enqueue(JobType.Start, "a", JobMode.Flush);
        Assert.Equal("a/start keep/start", world.Installed());
    }

    [Fact]
    public void IgnoreDependencies_WithRequirementsAndOrder_HeedsNeither()
    {
        var world = FakeWorld.With("a Requires b", "a After c");
        world.Enqueue(JobType.Start, "c");
        var job = world.Enqueue(JobType.Start, "a", JobMode.IgnoreDependencies);
        Assert.True(job.IgnoreOrder);
        world.Table.RunPending();
        Assert.Equal("a/start* c/start*", world.Installed());
    }

    [Fact]
    public void IgnoreRequirements_WithRequirementsAndOrder_HeedsOrderOnly()
    {
        var world = FakeWorld.With("a Requires b", "a After c");
        world.Enqueue(JobType.Start, "c");
        world.Enqueue(JobType.Start, "a", JobMode.IgnoreRequirements);
        world.Table.RunPending();
        Assert.Equal("a/start c/start*", world.Installed());
    }

    [Fact]
    public void Triggering_OfServiceWithSocket_StopsBoth()
    {
        var world = FakeWorld.With("sock Triggers svc", "timer Triggers svc").Active("sock", "svc");
        Assert.Equal("sock/stop svc/stop", world.Planned(JobType.Stop, "svc", JobMode.Triggering));
    }

    [Fact]
    public void PlanReloadPropagation_OfUnitThatReloaded_ReloadsTheOthersOnly()
    {
        var world = FakeWorld.With("a PropagatesReloadTo b c").Active("a", "b");
        world["b"].CanReload = world["c"].CanReload = true;
        world.Table.PropagateReload(world["a"], JobMode.Fail);
        Assert.Equal("a/nop b/reload", world.Installed());
        Assert.Null(world["a"].Job);
        world.Table.RunPending();
        Assert.Equal("b/reload*", world.Installed());
        Assert.Equal("reload b", "reload " + world.Saw("reload"));
    }

    [Fact]
    public void Effect_OfAPlan_TellsWhatBecomesOfInstalledJobs()
    {
        var world = FakeWorld.With("t Wants a b c").Active("c");
        world.Enqueue(JobType.Start, "a");
        world.Enqueue(JobType.Stop, "c");
        var effects = world.Plan(JobType.Start, "t").Jobs.Select(job => $"{job} {job.Effect}").Order(StringComparer.Ordinal);
        Assert.Equal(["a/start Merge", "b/start Install", "c/start Replace", "t/start Install"], effects);
    }
}
