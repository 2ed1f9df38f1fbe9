using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>What holds of every transaction, whatever the graph: tried on graphs from fixed seeds.</summary>
public sealed class RandomGraphTests
{
    private static readonly UnitDependency[] s_kinds =
    [
        UnitDependency.Requires, UnitDependency.Requisite, UnitDependency.Wants, UnitDependency.BindsTo,
        UnitDependency.PartOf, UnitDependency.Upholds, UnitDependency.Conflicts, UnitDependency.Before,
        UnitDependency.After, UnitDependency.After, UnitDependency.After, UnitDependency.Wants,
        UnitDependency.PropagatesReloadTo, UnitDependency.PropagatesStopTo, UnitDependency.Triggers,
    ];

    [Fact]
    public void Plans_OnRandomGraphs_AreConsistent()
    {
        var planned = 0;
        var refused = 0;
        var broken = 0;
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var world = Build(random);
            for (var request = 0; request < 4; request++)
            {
                var unit = world.All[random.Next(world.All.Count)];
                var mode = (JobMode)random.Next((int)JobMode.Triggering + 1);
                var type = (JobType)random.Next((int)JobType.ReloadOrStart + 1);
                var plan = world.Table.Planner.Plan(type, unit, mode);
                if (plan.Refusal is not null)
                {
                    refused++;
                    Assert.NotEmpty(plan.Refusal.Message);
                    Assert.Empty(plan.Jobs);
                    continue;
                }

                planned++;
                broken += plan.Cycles.Count;
                Check(plan, unit, JobAlgebra.Collapse(type, unit.ActiveState));
                var reversible = world.Table.Jobs.Where(job => job.Irreversible).ToList();
                world.Table.Commit(plan);
                Check(world);
                Assert.All(reversible, job => Assert.True(job.IsInstalled || mode is JobMode.Isolate or JobMode.Flush));
            }
        }

        // The graphs must exercise all three outcomes.
        Assert.True(planned > 2000 && refused > 500 && broken > 100, $"{planned} {refused} {broken}");
    }

    [Fact]
    public void Jobs_OnRandomGraphs_AllEndInTheRightOrder()
    {
        for (var seed = 10_000; seed < 11_000; seed++)
        {
            var random = new Random(seed);
            var world = Build(random);
            foreach (var unit in world.All)
            {
                unit.LoadState = UnitLoadState.Loaded;
                unit.ActiveState = random.Next(2) == 0 ? UnitActiveState.Active : UnitActiveState.Inactive;
            }

            for (var request = 0; request < 3; request++)
            {
                world.Table.Enqueue(
                    (JobType)random.Next((int)JobType.ReloadOrStart + 1),
                    world.All[random.Next(world.All.Count)],
                    JobMode.Replace);
                if (random.Next(2) == 0)
                    world.Table.RunPending();
            }

            world.RunToEnd();
            Assert.Empty(world.Table.Jobs);
            Assert.Equal(0, world.Table.RunningCount);
            Assert.All(world.All, unit => Assert.Null(unit.Job));
        }
    }

    [Fact]
    public void Plan_OfTheSameGraph_IsAlwaysTheSame()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var first = Build(new Random(seed));
            var second = Build(new Random(seed));
            Assert.Equal(
                first.Plan(JobType.Start, "u0").Jobs.Select(job => job.ToString()),
                second.Plan(JobType.Start, "u0").Jobs.Select(job => job.ToString()));
        }
    }

    private static FakeWorld Build(Random random)
    {
        var world = new FakeWorld();
        var count = random.Next(2, 25);
        for (var i = 0; i < count; i++)
        {
            var unit = world[$"u{i}"];
            unit.ActiveState = (UnitActiveState)random.Next((int)UnitActiveState.Maintenance + 1);
            unit.CanReload = random.Next(2) == 0;
            unit.IsPerpetual = random.Next(20) == 0;
            unit.AllowIsolate = random.Next(2) == 0;
            unit.IgnoreOnIsolate = random.Next(5) == 0;
            if (random.Next(20) == 0)
                unit.LoadState = random.Next(2) == 0 ? UnitLoadState.Masked : UnitLoadState.NotFound;
        }

        for (var i = 0; i < count * 3; i++)
            world.All[random.Next(count)].Depend(s_kinds[random.Next(s_kinds.Length)], world.All[random.Next(count)]);
        return world;
    }

    private static void Check(TransactionPlan plan, IJobUnit requested, JobType asked)
    {
        var anchor = plan.Jobs[plan.Anchor];
        Assert.Same(requested, anchor.Unit);
        Assert.True(JobAlgebra.IsSuperset(anchor.Type, asked));
        Assert.Equal(plan.Jobs.Count, plan.Jobs.Select(job => job.Unit).Distinct().Count());
        Assert.All(plan.Jobs, job => Assert.InRange(job.Type, JobType.Start, JobType.Nop));
        Assert.All(plan.Jobs, job => Assert.True(
            job.Effect != PlannedEffect.Replace || !job.Unit.Job!.Irreversible));
        if (plan.Mode == JobMode.Fail)
            Assert.All(plan.Jobs, job => Assert.NotEqual(PlannedEffect.Replace, job.Effect));
    }

    private static void Check(FakeWorld world)
    {
        Assert.Equal(world.Table.Jobs.Count, world.Table.Jobs.Select(job => job.Id).Distinct().Count());
        foreach (var job in world.Table.Jobs)
        {
            Assert.True(job.IsInstalled);
            Assert.Same(job, job.Type == JobType.Nop ? job.Unit.NopJob : job.Unit.Job);
            Assert.Same(job, world.Table.Find(job.Id));
        }

        AssertAcyclic(world.Table.Jobs
            .Where(job => job.Type != JobType.Nop)
            .ToDictionary(job => job.Unit, job => (job.Type, job.IgnoreOrder)));
    }

    /// <summary>Takes away what nothing has to run before, until nothing is left.</summary>
    private static void AssertAcyclic(Dictionary<IJobUnit, (JobType Type, bool IgnoreOrder)> jobs)
    {
        while (jobs.Count > 0)
        {
            var first = jobs.Keys.Where(unit => !HasPredecessor(unit)).ToList();
            Assert.NotEmpty(first);
            foreach (var unit in first)
                jobs.Remove(unit);
        }

        bool HasPredecessor(IJobUnit unit)
        {
            var (type, ignoreOrder) = jobs[unit];
            if (ignoreOrder)
                return false;
            foreach (var other in unit.Dependencies(UnitDependencyAtom.After))
            {
                if (jobs.TryGetValue(other, out var job) && !job.IgnoreOrder && JobOrder.CompareAfter(type, job.Type) > 0)
                    return true;
            }

            foreach (var other in unit.Dependencies(UnitDependencyAtom.Before))
            {
                if (jobs.TryGetValue(other, out var job) && !job.IgnoreOrder && JobOrder.CompareBefore(type, job.Type) > 0)
                    return true;
            }

            return false;
        }
    }
}
