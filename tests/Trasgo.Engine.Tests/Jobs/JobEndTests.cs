using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class JobEndTests
{
    [Fact]
    public void FailedStart_WithDependents_FailsThemWithDependency()
    {
        var world = FakeWorld.With("a Requires b", "a After b", "b Requires c", "b After c", "w Wants c", "w After c");
        world.Enqueue(JobType.Start, "a");
        world.Enqueue(JobType.Start, "w");
        world.Table.RunPending();
        world.Reach("c", UnitActiveState.Failed);
        Assert.Equal("c/start failed, b/start dependency, a/start dependency", world.Saw("ended"));
        Assert.Equal("a/start dependency, b/start dependency", world.Saw("onfailure"));
        Assert.Contains("Notice: b: Job b/start failed with result 'dependency'.", world.Log);
        Assert.Equal("w/start", world.Installed());
    }

    [Fact]
    public void FailedStart_WithDependentThatStops_DoesNotTouchIt()
    {
        var world = FakeWorld.With("a Requires b").Active("a");
        world.Enqueue(JobType.Stop, "a");
        world.Enqueue(JobType.Start, "b");
        world.Table.RunPending();
        world.Reach("b", UnitActiveState.Failed);
        Assert.Equal("a/stop*", world.Installed());
    }

    [Fact]
    public void Requisite_OfInactiveUnit_FailsTheStart()
    {
        var world = FakeWorld.With("a Requisite b", "a After b");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Equal("b/verify-active skipped, a/start dependency", world.Saw("ended"));
        Assert.Equal("", world.Installed());
    }

    [Fact]
    public void Requisite_OfOneshotThatDidNotStayActive_FailsTheStart()
    {
        var world = FakeWorld.With("a Requisite b", "a After b");
        world.Enqueue(JobType.Start, "b");
        world.Table.RunPending();
        world.Enqueue(JobType.Start, "a");
        Assert.Equal("a/start b/start*", world.Installed());
        world.Reach("b", UnitActiveState.Inactive);
        Assert.Equal("b/start done, a/start dependency", world.Saw("ended"));
    }

    [Fact]
    public void Requires_OfOneshotThatDidNotStayActive_IsMet()
    {
        var world = FakeWorld.With("a Requires b", "a After b");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        world.Reach("b", UnitActiveState.Inactive);
        world.RunToEnd();
        Assert.Equal("b/start done, a/start done", world.Saw("ended"));
    }

    [Fact]
    public void FailedStop_WithConflictingStart_FailsTheStart()
    {
        var world = FakeWorld.With("a Conflicts b", "a After b").Active("b");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        world.Reach("b", UnitActiveState.Active);
        Assert.Equal("b/stop failed, a/start dependency", world.Saw("ended"));
    }

    [Fact]
    public void Cancel_OfStart_FailsWhatNeedsItAndTriggersNoOnFailureForItself()
    {
        var world = FakeWorld.With("a Requires b", "a After b");
        world.Enqueue(JobType.Start, "a");
        world.Table.Cancel(world["b"].Job!);
        Assert.Equal("b/start canceled, a/start dependency", world.Saw("removed"));
        Assert.Equal("a/start dependency", world.Saw("onfailure"));
    }

    [Fact]
    public void Clear_WithDependents_CancelsEachByItself()
    {
        var world = FakeWorld.With("a Requires b");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        world.Table.Clear();
        Assert.Equal("a/start canceled, b/start canceled", world.Saw("removed"));
        Assert.Equal(0, world.Table.RunningCount);
        Assert.Equal("", world.Saw("onfailure"));
    }

    [Fact]
    public void OnFailure_QueuedFromTheCallback_IsAllowed()
    {
        var world = FakeWorld.With("a Requires b", "a After b");
        world["rescue"].RunPriority = default;
        world.WhenFailedBeforeUnit = _ => world.Enqueue(JobType.Start, "rescue");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        world.Reach("b", UnitActiveState.Failed);
        Assert.Equal("rescue/start", world.Installed());
    }

    [Fact]
    public void EndedJob_OfTriggeredUnit_TellsTheTriggerAndTheQueues()
    {
        var world = FakeWorld.With("a");
        world.Enqueue(JobType.Start, "a");
        world.RunToEnd();
        Assert.Equal("a", world.Saw("trigger"));
        Assert.Equal("a", world.Saw("settled"));
    }

    [Fact]
    public void Finish_OfAJobThatIsGone_DoesNothing()
    {
        var world = FakeWorld.With("a");
        var job = world.Enqueue(JobType.Start, "a");
        world.Table.Cancel(job);
        world.Events.Clear();
        world.Table.Finish(job, JobResult.Failed);
        Assert.Empty(world.Events);
        Assert.Equal(JobResult.Canceled, job.Result);
    }

    [Fact]
    public void DeviceJob_NothingWaitsFor_IsCollected()
    {
        var world = FakeWorld.With("mnt Requires dev", "mnt After dev");
        world["dev"].CollectsJobs = true;
        world["dev"].OnStart = _ => JobOutcome.NotSupportedByType;
        world.Enqueue(JobType.Start, "mnt");
        world.Table.RunPending();
        world.Table.CollectPending();
        Assert.Equal("dev/start* mnt/start", world.Installed());
        world.Table.Cancel(world["mnt"].Job!);
        world.Table.CollectPending();
        Assert.Equal("", world.Installed());
        Assert.Equal("mnt/start canceled, dev/start collected", world.Saw("removed"));
    }

    [Fact]
    public void DeviceJob_HeldByAClient_Stays()
    {
        var world = FakeWorld.With("dev");
        world["dev"].CollectsJobs = true;
        var job = world.Enqueue(JobType.Start, "dev");
        job.HeldByClient = true;
        world.Table.CollectPending();
        Assert.Equal("dev/start", world.Installed());
        job.HeldByClient = false;
        world.Table.AddToCollectQueue(job);
        world.Table.CollectPending();
        Assert.Equal(JobResult.Collected, job.Result);
    }
}
