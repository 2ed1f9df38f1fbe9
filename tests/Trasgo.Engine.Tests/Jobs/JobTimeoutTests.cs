using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class JobTimeoutTests
{
    [Fact]
    public void JobTimeout_WhenItPasses_EndsTheJobAndFailsWhatNeedsIt()
    {
        var world = FakeWorld.With("a Requires b", "a After b");
        world["b"].JobTimeoutUsec = 5_000_000;
        world.Enqueue(JobType.Start, "a");
        Assert.Equal(6_000_000ul, world.Deadline);
        world.Table.ExpireTimeouts(5_999_999);
        Assert.Equal("a/start b/start", world.Installed());
        world.Table.ExpireTimeouts(6_000_000);
        Assert.Equal("b/start timeout, a/start dependency", world.Saw("ended"));
        Assert.Equal("a/start dependency, b/start timeout", world.Saw("onfailure"));
        Assert.Equal("timedout b", world.Events[^1]);
        Assert.Contains("Warning: b: Job b/start timed out.", world.Log);
        Assert.Equal(ulong.MaxValue, world.Deadline);
    }

    [Fact]
    public void JobRunningTimeout_Alone_CountsFromTheRun()
    {
        var world = FakeWorld.With("a After b");
        world.Enqueue(JobType.Start, "b");
        world["a"].JobRunningTimeoutUsec = 2_000_000;
        world.Enqueue(JobType.Start, "a");
        world.Table.RunPending();
        Assert.Equal(ulong.MaxValue, world.Deadline);
        world.MonotonicUsec = 10_000_000;
        world.Reach("b", UnitActiveState.Active);
        world.Table.RunPending();
        Assert.Equal(12_000_000ul, world.Deadline);
    }

    [Theory]
    [InlineData(3_000_000ul, 9_000_000ul, 4_000_000ul)]
    [InlineData(9_000_000ul, 3_000_000ul, 5_000_000ul)]
    public void BothTimeouts_Set_TheEarlierCounts(ulong total, ulong running, ulong expected)
    {
        var world = FakeWorld.With("a");
        world["a"].JobTimeoutUsec = total;
        world["a"].JobRunningTimeoutUsec = running;
        world.Enqueue(JobType.Start, "a");
        world.MonotonicUsec = 2_000_000;
        world.Table.RunPending();
        Assert.Equal(expected, world.Deadline);
    }

    [Fact]
    public void Deadline_OfManyJobs_IsTheEarliestOfThoseLeft()
    {
        var world = new FakeWorld();
        for (var i = 0; i < 500; i++)
        {
            world[$"u{i}"].JobTimeoutUsec = (ulong)(1000 - i);
            world.Enqueue(JobType.Start, $"u{i}");
        }

        Assert.Equal(1_000_501ul, world.Deadline);
        for (var i = 499; i > 0; i--)
        {
            world.Table.Cancel(world[$"u{i}"].Job!);
            Assert.Equal((ulong)(1_001_000 - i + 1), world.Deadline);
        }
    }

    [Fact]
    public void Timeout_OfUnlimitedLength_DoesNotOverflow()
    {
        var world = FakeWorld.With("a");
        world["a"].JobTimeoutUsec = ulong.MaxValue - 1;
        world.Enqueue(JobType.Start, "a");
        Assert.Equal(ulong.MaxValue, world.Deadline);
    }
}
