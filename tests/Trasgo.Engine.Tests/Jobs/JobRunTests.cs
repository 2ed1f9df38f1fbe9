using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class JobRunTests
{
    [Fact]
    public void Start_WithOrder_RunsTheFirstFirst()
    {
        var world = FakeWorld.With("a Requires b", "a After b");
        world.Enqueue(JobType.Start, "a");
        Assert.True(world.RunQueueFilled);
        world.Table.RunPending();
        Assert.Equal("a/start b/start*", world.Installed());
        Assert.False(world.Reach("b", UnitActiveState.Active));
        world.Table.RunPending();
        Assert.Equal("a/start*", world.Installed());
        world.Reach("a", UnitActiveState.Active);
        Assert.Equal("", world.Installed());
        Assert.Equal("b/start done, a/start done", world.Saw("ended"));
        Assert.Equal("b/start, a/start", world.Saw("begun"));
    }

    [Fact]
    public void Start_WithoutOrder_RunsBothAtOnce()
    {
        var world = FakeWorld.With("a Requires b");
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Equal("a/start* b/start*", world.Installed());
    }

    [Fact]
    public void Stop_WithOrder_RunsInReverse()
    {
        var world = FakeWorld.With("a Requires b", "a After b").Active("a", "b");
        world.Enqueue(JobType.Stop, "b");
        world.RunToEnd();
        Assert.Equal("a/stop done, b/stop done", world.Saw("ended"));
    }

    [Fact]
    public void Restart_WithDependent_StopsAndStartsInOrder()
    {
        var world = FakeWorld.With("a Requires b", "a After b").Active("a", "b");
        world.Enqueue(JobType.Restart, "b");
        world.RunToEnd();
        Assert.Equal("a/stop, b/stop, b/start, a/start", world.Saw("begun"));
        Assert.Equal("a/restart done, b/restart done, b/start done, a/start done", world.Saw("ended"));
    }

    [Fact]
    public void Restart_OfRunningUnit_IsOneJobThatTurnsIntoAStart()
    {
        var world = FakeWorld.With("a").Active("a");
        var job = world.Enqueue(JobType.Restart, "a");
        world.Table.RunPending();
        Assert.Equal("a/restart*", world.Installed());
        world.Reach("a", UnitActiveState.Inactive);
        Assert.Equal("a/start", world.Installed());
        Assert.Null(job.Result);
        world.RunToEnd();
        Assert.Equal(JobResult.Done, job.Result);
        Assert.Equal("a/start done", world.Saw("removed"));
    }

    [Fact]
    public void Restart_OfInactiveUnit_JustStartsIt()
    {
        var world = FakeWorld.With("a");
        world.Enqueue(JobType.Restart, "a");
        world.RunToEnd();
        Assert.Equal("a/start", world.Saw("begun"));
        Assert.Equal("a/start done", world.Saw("ended"));
    }

    [Theory]
    [InlineData(JobOutcome.Already, JobResult.Done, "")]
    [InlineData(JobOutcome.ConditionFailed, JobResult.Done, "a/start done")]
    [InlineData(JobOutcome.NotActive, JobResult.Invalid, "a/start invalid")]
    [InlineData(JobOutcome.AssertFailed, JobResult.Assert, "a/start assert")]
    [InlineData(JobOutcome.NotSupportedByHost, JobResult.Unsupported, "a/start unsupported")]
    [InlineData(JobOutcome.DependencyFailed, JobResult.Dependency, "a/start dependency")]
    [InlineData(JobOutcome.OnlyOnce, JobResult.Once, "a/start once")]
    [InlineData(JobOutcome.Failed, JobResult.Failed, "a/start failed")]
    internal void Start_ByOutcome_EndsAsSystemdMapsTheErrno(JobOutcome outcome, JobResult result, string ended)
    {
        var world = FakeWorld.With("a");
        world["a"].OnStart = _ => outcome;
        var job = world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Equal(result, job.Result);
        Assert.Equal(ended, world.Saw("ended"));
        Assert.Equal("", world.Saw("begun"));
        Assert.Equal(result is JobResult.Failed or JobResult.Invalid ? 1u : 0u, world.Table.FailedCount);
    }

    [Fact]
    public void Start_OfUnitThatCannotBeStarted_WaitsForTheOutside()
    {
        var world = FakeWorld.With("dev");
        world["dev"].OnStart = _ => JobOutcome.NotSupportedByType;
        world.Enqueue(JobType.Start, "dev");
        world.Table.RunPending();
        Assert.Equal("dev/start*", world.Installed());
        Assert.Equal("dev/start", world.Saw("begun"));
        Assert.False(world.Reach("dev", UnitActiveState.Active));
        Assert.Equal("dev/start done", world.Saw("removed"));
    }

    [Fact]
    public void Reload_OfUnitThatCannot_IsSkipped()
    {
        var world = FakeWorld.With("a").Active("a");
        world["a"].CanReload = true;
        world["a"].OnReload = _ => JobOutcome.NotSupportedByType;
        var job = world.Enqueue(JobType.Reload, "a");
        world.Table.RunPending();
        Assert.Equal(JobResult.Skipped, job.Result);
    }

    [Fact]
    public void Start_ToldToComeAgain_RunsWhenTheUnitChanges()
    {
        var world = FakeWorld.With("a");
        var ready = false;
        world["a"].OnStart = _ => ready ? JobOutcome.Begun : JobOutcome.Again;
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Equal("a/start", world.Installed());
        ready = true;
        world.Table.RunPending();
        Assert.Equal("a/start", world.Installed());
        world.Reach("a", UnitActiveState.Deactivating);
        world.Table.RunPending();
        Assert.Equal("a/start*", world.Installed());
    }

    [Theory]
    [InlineData(UnitActiveState.Active, JobResult.Done)]
    [InlineData(UnitActiveState.Reloading, JobResult.Done)]
    [InlineData(UnitActiveState.Inactive, JobResult.Skipped)]
    [InlineData(UnitActiveState.Failed, JobResult.Skipped)]
    [InlineData(UnitActiveState.Deactivating, JobResult.Skipped)]
    [InlineData(UnitActiveState.Activating, null)]
    internal void VerifyActive_ByState_EndsOrWaits(UnitActiveState state, JobResult? result)
    {
        var world = FakeWorld.With("a");
        world["a"].ActiveState = state;
        var job = world.Enqueue(JobType.VerifyActive, "a");
        world.Table.RunPending();
        Assert.Equal(result, job.Result);
        Assert.Equal("", world.Saw("start"));
    }

    [Theory]
    [InlineData(JobType.Start, UnitActiveState.Failed, JobResult.Failed, true)]
    [InlineData(JobType.Start, UnitActiveState.Inactive, JobResult.Done, true)]
    [InlineData(JobType.Start, UnitActiveState.Active, JobResult.Done, false)]
    [InlineData(JobType.Start, UnitActiveState.Activating, null, false)]
    [InlineData(JobType.Start, UnitActiveState.Deactivating, null, true)]
    [InlineData(JobType.Stop, UnitActiveState.Inactive, JobResult.Done, false)]
    [InlineData(JobType.Stop, UnitActiveState.Failed, JobResult.Done, false)]
    [InlineData(JobType.Stop, UnitActiveState.Deactivating, null, false)]
    [InlineData(JobType.Stop, UnitActiveState.Active, JobResult.Failed, true)]
    [InlineData(JobType.Reload, UnitActiveState.Active, JobResult.Done, false)]
    [InlineData(JobType.Reload, UnitActiveState.Reloading, null, false)]
    [InlineData(JobType.Reload, UnitActiveState.Failed, JobResult.Failed, true)]
    [InlineData(JobType.Reload, UnitActiveState.Inactive, JobResult.Done, true)]
    [InlineData(JobType.Reload, UnitActiveState.Deactivating, null, true)]
    internal void RunningJob_ByNewState_EndsOrIsContradicted(
        JobType type, UnitActiveState state, JobResult? result, bool unexpected)
    {
        var world = FakeWorld.With("a");
        world["a"].CanReload = true;
        world["a"].ActiveState = type == JobType.Start ? UnitActiveState.Inactive : UnitActiveState.Active;
        world["a"].OnStart = world["a"].OnStop = world["a"].OnReload = static _ => JobOutcome.Begun;
        var job = world.Enqueue(type, "a");
        world.Table.RunPending();
        Assert.Equal(JobState.Running, job.State);
        Assert.Equal(unexpected, world.Reach("a", state));
        Assert.Equal(result, job.Result);
    }

    [Fact]
    public void Reload_ThatFailed_EndsFailedAlthoughTheUnitIsActive()
    {
        var world = FakeWorld.With("a").Active("a");
        world["a"].CanReload = true;
        var job = world.Enqueue(JobType.Reload, "a");
        world.Table.RunPending();
        world.Reach("a", UnitActiveState.Active, reloadFailed: true);
        Assert.Equal(JobResult.Failed, job.Result);
    }

    [Fact]
    public void StateChange_WithoutJob_IsUnexpected() =>
        Assert.True(FakeWorld.With("a").Reach("a", UnitActiveState.Active));

    [Fact]
    public void Merge_IntoWaitingJob_WidensIt()
    {
        var world = FakeWorld.With("a After b", "b").Active("a");
        world.Enqueue(JobType.Start, "b");
        world["a"].CanReload = true;
        var reload = world.Enqueue(JobType.Reload, "a");
        var restart = world.Enqueue(JobType.Restart, "a", JobMode.ReplaceIrreversibly);
        Assert.Same(reload, restart);
        Assert.Equal(JobType.Restart, reload.Type);
        Assert.True(reload.Irreversible);
        Assert.Equal(2u, world.Table.InstalledCount);
    }

    [Fact]
    public void Merge_OfStartIntoRunningStart_LeavesItRunning()
    {
        var world = FakeWorld.With("a");
        var job = world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Same(job, world.Enqueue(JobType.Start, "a"));
        Assert.Equal("a/start*", world.Installed());
    }

    [Fact]
    public void Merge_OfReloadIntoRunningReload_RunsAgain()
    {
        var world = FakeWorld.With("a").Active("a");
        world["a"].CanReload = true;
        var job = world.Enqueue(JobType.Reload, "a");
        world.Table.RunPending();
        Assert.Same(job, world.Enqueue(JobType.Reload, "a"));
        Assert.Equal("a/reload", world.Installed());
        world.RunToEnd();
        Assert.Equal("a, a, a", world.Saw("reload"));
        Assert.Equal("a/reload done", world.Saw("removed"));
    }

    [Fact]
    public void Merge_OfRestartIntoRunningStart_StopsItFirst()
    {
        var world = FakeWorld.With("a");
        var job = world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Same(job, world.Enqueue(JobType.Restart, "a"));
        Assert.Equal("a/restart", world.Installed());
        world.RunToEnd();
        Assert.Equal("a/start, a/stop, a/start", world.Saw("begun"));
    }

    [Fact]
    public void ActivationDetails_SetTwice_KeepTheOldest()
    {
        var world = FakeWorld.With("a");
        var job = world.Enqueue(JobType.Start, "a");
        job.SetActivationDetails([new("trigger_unit", "first.timer")]);
        job.SetActivationDetails([new("trigger_unit", "second.timer")]);
        Assert.Equal("first.timer", Assert.Single(job.ActivationDetails!).Value);
    }

    [Fact]
    public void RunQueue_ByPriority_IsInTheOrderOfSystemd()
    {
        var world = FakeWorld.With("t Wants svc sock nice heavy");
        world["t"].RunPriority = new RunPriority(4, 100, 0);
        world["sock"].RunPriority = new RunPriority(3, 100, 0);
        world["nice"].RunPriority = new RunPriority(0, 100, -5);
        world["heavy"].RunPriority = new RunPriority(0, 900, 0);
        world.Enqueue(JobType.Start, "t");
        world.Table.RunPending();
        Assert.Equal("t, sock, heavy, nice, svc", world.Saw("start"));
    }

    [Fact]
    public void Affected_OfARequest_AreAllItsJobs()
    {
        var world = FakeWorld.With("a Requires b");
        world.Enqueue(JobType.Start, "b");
        var affected = new List<Job>();
        world.Table.Enqueue(JobType.Start, world["a"], JobMode.Replace, affected);
        Assert.Equal(["a/start", "b/start"], affected.Select(job => job.ToString()));
    }

    [Fact]
    public void WaitingJobs_AskedForTheirPlace_TellWhatIsBeforeAndAfter()
    {
        var world = FakeWorld.With("a Requires b c", "a After b c", "b Before a");
        var a = world.Enqueue(JobType.Start, "a");
        Assert.Equal(["b/start", "c/start"], JobTable.GetBefore(a).Select(job => job.ToString()));
        Assert.Empty(JobTable.GetAfter(a));
        Assert.Equal([a], JobTable.GetAfter(world["b"].Job!));
        Assert.Empty(JobTable.GetBefore(world["b"].Job!));
    }
}
