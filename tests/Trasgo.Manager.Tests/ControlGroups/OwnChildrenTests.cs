using Trasgo.Engine.Tests.Units;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Tests.ControlGroups;

/// <summary>Whether something may be left of a unit, by the children that the manager has.</summary>
public sealed class OwnChildrenTests : IDisposable
{
    private readonly UnitWorld _world = new();
    private readonly OwnChildren _children;
    private List<int>? _list = [10, 20];

    public OwnChildrenTests()
    {
        _children = new OwnChildren(() => _list);
        Mine = _world.Service("ExecStart=/daemon");
        Other = _world.Service("ExecStart=/daemon", name: "b.service");
        _children.Add(10, Mine);
        _children.Add(20, Other);
    }

    private Unit Mine { get; }

    private Unit Other { get; }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void AreAllOfOthers_ItsOwnProcessLives_IsFalse() => Assert.False(_children.AreAllOfOthers(Mine));

    [Fact]
    public void AreAllOfOthers_ItsOwnProcessIsAZombie_IsTrue()
    {
        _children.OnEnded(10);
        Assert.True(_children.AreAllOfOthers(Mine));
        Assert.False(_children.AreAllOfOthers(Other));
    }

    [Fact]
    public void AreAllOfOthers_AnOrphanHasCome_IsFalse()
    {
        _children.OnEnded(10);
        _list = [10, 20, 30];
        Assert.False(_children.AreAllOfOthers(Mine));
    }

    [Fact]
    public void AreAllOfOthers_AnOrphanHasTheNumberOfAProcessThatEnded_IsFalse()
    {
        _children.OnEnded(20);
        _children.OnEnded(10);
        _list = [20];
        Assert.False(_children.AreAllOfOthers(Mine));
    }

    [Fact]
    public void AreAllOfOthers_NobodyCanTell_IsFalse()
    {
        _children.OnEnded(10);
        _list = null;
        Assert.False(_children.AreAllOfOthers(Mine));
    }
}
