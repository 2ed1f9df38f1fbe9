using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Tests.Jobs;

public sealed class DependencyStoreTests
{
    [Fact]
    public void Atoms_OfAllKinds_CoverEveryAtomAndOnlyTheTwoSilentKindsHaveNone()
    {
        var all = UnitDependencyAtom.None;
        foreach (var kind in Enum.GetValues<UnitDependency>())
        {
            all |= kind.Atoms();
            Assert.Equal(
                kind is UnitDependency.ReloadPropagatedFrom or UnitDependency.StopPropagatedFrom,
                kind.Atoms() == UnitDependencyAtom.None);
        }

        Assert.Equal((UnitDependencyAtom)((1UL << 36) - 1), all);
    }

    [Fact]
    public void Dependencies_ByAtom_GoThroughAllKindsThatHaveIt()
    {
        var world = FakeWorld.With("a Requires b c", "a BindsTo d", "a Wants e", "a Requires b");
        var found = new List<string>();
        foreach (var other in world["a"].Dependencies(UnitDependencyAtom.PullInStart))
            found.Add(other.Id);
        Assert.Equal(["b", "c", "d"], found);
    }

    [Fact]
    public void Add_OfTheSameAgain_TellsWhetherACauseIsNew()
    {
        var store = new DependencyStore();
        var b = new FakeUnit("b");
        Assert.True(store.Add(UnitDependency.After, b, DependencyOrigin.File, DependencyOrigin.None));
        Assert.False(store.Add(UnitDependency.After, b, DependencyOrigin.File, DependencyOrigin.None));
        Assert.True(store.Add(UnitDependency.After, b, DependencyOrigin.Default, DependencyOrigin.None));
        Assert.Equal(DependencyOrigin.File | DependencyOrigin.Default, store.Of(UnitDependency.After)[0].Origin);
        Assert.Equal(1, store.Of(UnitDependency.After).Length);
    }

    [Fact]
    public void Remove_OfOneCause_KeepsTheDependencyUntilTheLast()
    {
        var store = new DependencyStore();
        FakeUnit a = new("a"), b = new("b"), c = new("c");
        foreach (var unit in new[] { a, b, c })
            store.Add(UnitDependency.Before, unit, DependencyOrigin.File, DependencyOrigin.None);
        store.Add(UnitDependency.Before, a, DependencyOrigin.None, DependencyOrigin.Implicit);
        Assert.False(store.Remove(UnitDependency.Before, a, DependencyOrigin.All, DependencyOrigin.None));
        Assert.True(store.Remove(UnitDependency.Before, a, DependencyOrigin.None, DependencyOrigin.Implicit));
        Assert.False(store.Remove(UnitDependency.Before, a, DependencyOrigin.All, DependencyOrigin.All));
        Assert.True(store.Remove(UnitDependency.Before, c, DependencyOrigin.All, DependencyOrigin.All));
        Assert.True(store.Contains(UnitDependency.Before, b));
        Assert.Equal(1, store.Of(UnitDependency.Before).Length);
        store.Clear();
        Assert.False(store.Contains(UnitDependency.Before, b));
    }

    [Fact]
    public void Row_OfManyUnits_KeepsItsOrderThroughRemovals()
    {
        var store = new DependencyStore();
        var units = Enumerable.Range(0, 50).Select(i => new FakeUnit($"u{i}")).ToList();
        foreach (var unit in units)
        {
            Assert.True(store.Add(UnitDependency.RequiredBy, unit, DependencyOrigin.File, DependencyOrigin.None));
            Assert.True(store.Add(UnitDependency.Before, unit, DependencyOrigin.File, DependencyOrigin.None));
        }

        foreach (var unit in units.Where((_, i) => i % 3 == 0))
        {
            Assert.True(store.Remove(UnitDependency.RequiredBy, unit, DependencyOrigin.All, DependencyOrigin.All));
            Assert.False(store.Contains(UnitDependency.RequiredBy, unit));
            Assert.False(store.Remove(UnitDependency.RequiredBy, unit, DependencyOrigin.All, DependencyOrigin.All));
        }

        var left = new List<string>();
        foreach (var edge in store.Of(UnitDependency.RequiredBy))
        {
            left.Add(edge.Other.Id);
            Assert.False(store.Add(UnitDependency.RequiredBy, edge.Other, DependencyOrigin.File, DependencyOrigin.None));
        }

        Assert.Equal(units.Where((_, i) => i % 3 != 0).Select(static u => u.Id), left);
        Assert.Equal(50, store.Of(UnitDependency.Before).Length);
    }
}
