using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>Chains as long as hostile unit files can make them: the stack of the thread must not matter.</summary>
public sealed class DeepGraphTests
{
    private const int Depth = 10_000;

    [Fact]
    public void Chain_OfTenThousand_StartsAndStops()
    {
        var world = Chain(UnitDependency.Requires);
        world.Enqueue(JobType.Start, "u0");
        Assert.Equal(Depth, world.Table.Jobs.Count);
        world.Table.RunPending();
        Assert.Equal(1, world.Table.RunningCount);
        for (var i = Depth - 1; i >= 0; i--)
        {
            world.Table.RunPending();
            world.Reach($"u{i}", UnitActiveState.Active);
        }

        Assert.Empty(world.Table.Jobs);
        world.Enqueue(JobType.Stop, $"u{Depth - 1}");
        Assert.Equal(Depth, world.Table.Jobs.Count);
    }

    [Fact]
    public void Chain_WhoseLastStartFails_FailsAll()
    {
        var world = Chain(UnitDependency.Requires);
        world.Enqueue(JobType.Start, "u0");
        world.Table.RunPending();
        world.Reach($"u{Depth - 1}", UnitActiveState.Failed);
        Assert.Empty(world.Table.Jobs);
        Assert.Equal(Depth - 1, world.Events.Count(line => line.StartsWith("onfailure", StringComparison.Ordinal)));
    }

    [Fact]
    public void Chain_WhoseLastIsMasked_IsRefused()
    {
        var world = Chain(UnitDependency.Requires);
        world[$"u{Depth - 1}"].LoadState = UnitLoadState.Masked;
        Assert.Equal(JobErrors.UnitMasked, world.Refused(JobType.Start, "u0").ErrorName);
    }

    [Fact]
    public void Ring_OfTenThousandWants_BreaksOnce()
    {
        var world = Chain(UnitDependency.Wants);
        world[$"u{Depth - 1}"].Depend(UnitDependency.After, world["u0"]);
        var plan = world.Plan(JobType.Start, "u0");
        Assert.Null(plan.Refusal);
        Assert.Equal(Depth, Assert.Single(plan.Cycles).Path.Count);
        Assert.Equal("u0/start", plan.Jobs[plan.Anchor].ToString());
    }

    [Fact]
    public void Start_OfManyServicesWithDefaultDependencies_AllocatesInProportion()
    {
        // Twice the services may cost little more than twice the memory: nothing grows with the square.
        var small = Allocated(1000);
        var large = Allocated(2000);
        Assert.InRange((double)large / small, 1.0, 2.6);
    }

    private static long Allocated(int services)
    {
        var world = new FakeWorld();
        var target = world["multi-user.target"];
        world["sysinit.target"].ActiveState = world["basic.target"].ActiveState = UnitActiveState.Active;
        for (var i = 0; i < services; i++)
        {
            var unit = world[$"s{i}.service"];
            target.Depend(UnitDependency.Wants, unit).Depend(UnitDependency.After, unit);
            unit.Depend(UnitDependency.Requires, world["sysinit.target"]);
            unit.Depend(UnitDependency.After, world["sysinit.target"], world["basic.target"]);
            unit.Depend(UnitDependency.Conflicts, world["shutdown.target"]).Depend(UnitDependency.Before, world["shutdown.target"]);
        }

        world.Plan(JobType.Start, "multi-user.target");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = world.Plan(JobType.Start, "multi-user.target");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(services + 1, plan.Jobs.Count);
        return allocated;
    }

    private static FakeWorld Chain(UnitDependency kind)
    {
        var world = new FakeWorld();
        for (var i = 0; i + 1 < Depth; i++)
            world[$"u{i}"].Depend(kind, world[$"u{i + 1}"]).Depend(UnitDependency.After, world[$"u{i + 1}"]);
        return world;
    }
}
