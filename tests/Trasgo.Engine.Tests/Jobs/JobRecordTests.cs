using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class JobRecordTests
{
    [Fact]
    public void Records_OfAllJobs_BringThemBackAsTheyWere()
    {
        var world = FakeWorld.With("a Requires b", "a After b", "n PropagatesReloadTo x");
        world["b"].JobTimeoutUsec = 5_000_000;
        world.Enqueue(JobType.Start, "a", JobMode.ReplaceIrreversibly).SetActivationDetails([new("trigger_unit", "t.timer")]);
        world.Table.PropagateReload(world["n"], JobMode.Fail);
        world.Table.RunPending();
        world.Table.PropagateReload(world["n"], JobMode.Fail);
        world["a"].Job!.SentNewSignal = true;
        var before = world.Installed();
        var records = world.Table.Save();
        Assert.Equal("a/start b/start* n/nop", before);

        world.Table.Detach();
        Assert.Empty(world.Table.Jobs);
        Assert.Null(world["a"].Job);
        Assert.Equal(ulong.MaxValue, world.Deadline);

        var next = FakeWorld.With("a Requires b", "a After b", "n PropagatesReloadTo x");
        next["b"].JobTimeoutUsec = 5_000_000;
        next["b"].ActiveState = UnitActiveState.Activating;
        foreach (var record in records)
            Assert.True(next.Table.Restore(record, next[record.Unit]));
        next.Table.Coldplug();
        Assert.Equal(before, next.Installed());
        Assert.Equivalent(records, next.Table.Save(), strict: true);
        Assert.Equal(6_000_000ul, next.Deadline);
        Assert.Equal(1, next.Table.RunningCount);
        Assert.Empty(next.Events);
        Assert.True(next.Table.NextId > records.Max(record => record.Id));

        next.RunToEnd();
        Assert.Equal("b/start done, a/start done", next.Saw("ended"));
    }

    [Fact]
    public void Restore_OfARecordThatDoesNotFit_DoesNothing()
    {
        var world = FakeWorld.With("a", "b");
        var job = world.Enqueue(JobType.Start, "a");
        var good = new JobRecord { Id = 77, Unit = "b", Type = JobType.Start };
        Assert.False(world.Table.Restore(good with { Id = job.Id }, world["b"]));
        Assert.False(world.Table.Restore(good with { Id = 0 }, world["b"]));
        Assert.False(world.Table.Restore(good with { Type = JobType.TryRestart }, world["b"]));
        Assert.False(world.Table.Restore(good with { Type = (JobType)99 }, world["b"]));
        Assert.False(world.Table.Restore(good with { State = (JobState)9 }, world["b"]));
        Assert.False(world.Table.Restore(good with { Unit = "a" }, world["a"]));
        Assert.Equal("a/start", world.Installed());
        Assert.True(world.Table.Restore(good, world["b"]));
    }

    [Fact]
    public void Ids_AtTheEndOfTheirRange_SkipThoseInUse()
    {
        var world = FakeWorld.With("a", "b", "c");
        Assert.Equal(1u, world.Enqueue(JobType.Start, "a").Id);
        world.Table.NextId = uint.MaxValue;
        Assert.Equal(uint.MaxValue, world.Enqueue(JobType.Start, "b").Id);
        Assert.Equal(2u, world.Enqueue(JobType.Start, "c").Id);
    }

    [Fact]
    public void Coldplug_OfDeviceJobNothingNeedsAnyMore_CollectsIt()
    {
        var world = FakeWorld.With("dev");
        world["dev"].CollectsJobs = true;
        Assert.True(world.Table.Restore(new JobRecord { Id = 5, Unit = "dev", Type = JobType.Start }, world["dev"]));
        world.Table.Coldplug();
        world.Table.CollectPending();
        Assert.Empty(world.Table.Jobs);
    }
}
