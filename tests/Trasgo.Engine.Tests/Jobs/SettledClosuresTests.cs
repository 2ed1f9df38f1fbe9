using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

/// <summary>A start that is known to pull in nothing is planned as one that looks everywhere.</summary>
public sealed class SettledClosuresTests
{
    private static readonly UnitDependency[] s_kinds =
    [
        UnitDependency.Requires, UnitDependency.Requisite, UnitDependency.Wants, UnitDependency.BindsTo, UnitDependency.PartOf, UnitDependency.Upholds,
        UnitDependency.Conflicts, UnitDependency.Before, UnitDependency.After, UnitDependency.PropagatesStopTo,
    ];

    private readonly SettledClosures _settled = new();

    [Fact]
    public void StartsAlone_AllItNeedsIsUp_IsTrue() => Assert.True(Alone(World()));

    [Fact]
    public void StartsAlone_SomethingItNeedsIsDown_IsFalse()
    {
        var world = World();
        Assert.True(Alone(world));
        world["slice"].ActiveState = UnitActiveState.Inactive;
        Assert.False(Alone(world));
        world["slice"].ActiveState = UnitActiveState.Active;
        Assert.True(Alone(world));
    }

    [Fact]
    public void StartsAlone_WhatIsWantedByWhatItNeedsIsDown_IsTrue()
    {
        var world = World();
        world["mount"].ActiveState = UnitActiveState.Failed;
        world["sysinit"].Depend(UnitDependency.Wants, world["masked"]);
        world["masked"].LoadState = UnitLoadState.Masked;
        Assert.True(Alone(world));
    }

    [Fact]
    public void StartsAlone_WhatIsWantedIsDownAndInARing_IsFalse()
    {
        var world = World();
        world["mount"].Depend(UnitDependency.Wants, world["helper"]).ActiveState = UnitActiveState.Inactive;
        Assert.True(Alone(world));
        world["helper"].Depend(UnitDependency.Wants, world["mount"]);
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_WhatItNeedsRequiresWhatIsNotThere_IsFalse()
    {
        var world = World();
        world["mount"].LoadState = UnitLoadState.NotFound;
        Assert.True(Alone(world));
        world["sysinit"].Depend(UnitDependency.Requires, world["mount"]);
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_SomethingGetsADependencyThatIsRefused_IsFalse()
    {
        var world = World();
        Assert.True(Alone(world));
        world["mount"].Depend(UnitDependency.Requires, world["late"]);
        world["late"].LoadState = UnitLoadState.Masked;
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_SomethingHasAJob_IsFalse()
    {
        var world = World();
        Assert.True(Alone(world));
        world.Enqueue(JobType.Stop, "mount", JobMode.IgnoreDependencies);
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_WhatItConflictsWithIsUp_IsFalse()
    {
        var world = World();
        Assert.True(Alone(world));
        world["shutdown"].ActiveState = UnitActiveState.Active;
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_WhatANewConflictWouldStopIsUp_IsFalse()
    {
        var world = World();
        Assert.True(Alone(world));
        world["reboot"].Depend(UnitDependency.Requires, world["shutdown"]).ActiveState = UnitActiveState.Active;
        Assert.False(Alone(world));
    }

    [Fact]
    public void StartsAlone_ItIsItselfWantedByWhatItNeeds_IsFalse()
    {
        var world = World();
        world["mount"].Depend(UnitDependency.Wants, world["instance"]);
        Assert.False(Alone(world));
    }

    [Fact]
    public void Plan_OnRandomGraphsThatChange_IsTheOneWithoutMemory()
    {
        var alone = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var world = Build(random);
            var settled = new SettledClosures();
            for (var step = 0; step < 12; step++)
            {
                Change(world, random);
                var unit = world.All[random.Next(world.All.Count)];
                var mode = random.Next(2) == 0 ? JobMode.Replace : JobMode.Fail;
                alone += settled.StartsAlone(unit) ? 1 : 0;
                Assert.Equal(
                    Describe(new TransactionPlanner(world, world.Table.Jobs).Plan(JobType.Start, unit, mode)),
                    Describe(new TransactionPlanner(world, world.Table.Jobs, settled).Plan(JobType.Start, unit, mode)));
            }
        }

        // Both outcomes have to be met.
        Assert.InRange(alone, 1000, 12_000);
    }

    private static string Describe(TransactionPlan plan) =>
        $"{plan.Refusal?.Message} {plan.Anchor} {string.Join(' ', plan.Jobs)} {string.Join(' ', plan.Cancelled)} {plan.Cycles.Count} {plan.Mode}";

    private bool Alone(FakeWorld world) => _settled.StartsAlone(world["instance"]);

    /// <summary>What an instance of a socket's template depends on, in small.</summary>
    private static FakeWorld World() => FakeWorld.With(
        "instance Requires sysinit slice",
        "instance Conflicts shutdown",
        "sysinit Wants mount",
        "sysinit Conflicts emergency",
        "mount Requires slice").Active("sysinit", "slice", "mount");

    private static FakeWorld Build(Random random)
    {
        var world = new FakeWorld();
        var count = random.Next(2, 12);
        for (var i = 0; i < count; i++)
        {
            world[$"u{i}"].ActiveState = random.Next(6) == 0 ? UnitActiveState.Inactive : UnitActiveState.Active;
        }

        for (var i = 0; i < count; i++)
        {
            Connect(world, random);
        }

        return world;
    }

    private static void Connect(FakeWorld world, Random random) =>
        world.All[random.Next(world.All.Count)].Depend(s_kinds[random.Next(s_kinds.Length)], world.All[random.Next(world.All.Count)]);

    private static void Change(FakeWorld world, Random random)
    {
        var unit = world.All[random.Next(world.All.Count)];
        switch (random.Next(8))
        {
            case 0:
                Connect(world, random);
                break;
            case 1:
                unit.ActiveState = (UnitActiveState)random.Next((int)UnitActiveState.Maintenance + 1);
                break;
            case 2:
                unit.ActiveState = UnitActiveState.Active;
                break;
            case 3:
                unit.LoadState = unit.LoadState == UnitLoadState.Loaded ? UnitLoadState.Masked : UnitLoadState.Loaded;
                break;
            case 4:
                world.Table.Enqueue((JobType)random.Next((int)JobType.Stop + 1), unit, JobMode.IgnoreDependencies);
                break;
            case 5:
                world.Table.Clear();
                break;
            default:
                break;
        }
    }
}
