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
        var store = new DependencyStore(new FakeUnit("owner"));
        var b = new FakeUnit("b");
        Assert.True(store.Add(UnitDependency.After, b, DependencyOrigin.File, DependencyOrigin.None));
        Assert.False(store.Add(UnitDependency.After, b, DependencyOrigin.File, DependencyOrigin.None));
        Assert.True(store.Add(UnitDependency.After, b, DependencyOrigin.Default, DependencyOrigin.None));
        Assert.Equal(DependencyOrigin.File | DependencyOrigin.Default, store.Of(UnitDependency.After)[0].Origin);
        Assert.Equal(1, store.Of(UnitDependency.After).Length);
    }

    [Fact]
    public void Connect_OfTheSameAgain_AddsTheCauseAtBothEnds()
    {
        FakeUnit a = new("a"), b = new("b");
        Assert.True(a.Store.Connect(UnitDependency.After, b.Store, DependencyOrigin.File));
        Assert.False(a.Store.Connect(UnitDependency.After, b.Store, DependencyOrigin.File));
        Assert.True(a.Store.Connect(UnitDependency.After, b.Store, DependencyOrigin.Default));
        Assert.True(b.Store.Connect(UnitDependency.Before, a.Store, DependencyOrigin.Implicit));
        const DependencyOrigin ByA = DependencyOrigin.File | DependencyOrigin.Default;
        Assert.Equal([new DependencyEdge(b, ByA, DependencyOrigin.Implicit)], a.Store.Of(UnitDependency.After).ToArray());
        Assert.Equal([new DependencyEdge(a, DependencyOrigin.Implicit, ByA)], b.Store.Of(UnitDependency.Before).ToArray());
    }

    [Fact]
    public void Connect_OfAKindThatIsItsOwnInverse_AddsOneEnd()
    {
        FakeUnit a = new("a"), b = new("b");
        Assert.True(a.Store.Connect(UnitDependency.JoinsNamespaceOf, b.Store, DependencyOrigin.File));
        Assert.False(a.Store.Connect(UnitDependency.JoinsNamespaceOf, b.Store, DependencyOrigin.File));
        Assert.Equal(1, a.Store.Of(UnitDependency.JoinsNamespaceOf).Length);
        Assert.True(b.Store.Of(UnitDependency.JoinsNamespaceOf).IsEmpty);
    }

    [Fact]
    public void Connect_OfManyAndOne_IsSeenFromEitherEnd()
    {
        var target = new FakeUnit("target");
        var units = Enumerable.Range(0, 40).Select(i => new FakeUnit($"u{i}")).ToList();
        foreach (var unit in units)
        {
            Assert.False(unit.Store.IsConnected(UnitDependency.After, target.Store));
            Assert.True(unit.Store.Connect(UnitDependency.After, target.Store, DependencyOrigin.File));
            Assert.True(unit.Store.IsConnected(UnitDependency.After, target.Store));
            Assert.True(target.Store.IsConnected(UnitDependency.Before, unit.Store));
            Assert.False(target.Store.IsConnected(UnitDependency.After, unit.Store));
        }

        Assert.False(target.Store.Connect(UnitDependency.Before, units[7].Store, DependencyOrigin.None));
        Assert.Equal(40, target.Store.Of(UnitDependency.Before).Length);
    }

    [Fact]
    public void Remove_OfOneCause_KeepsTheDependencyUntilTheLast()
    {
        var store = new DependencyStore(new FakeUnit("owner"));
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
        var store = new DependencyStore(new FakeUnit("owner"));
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
