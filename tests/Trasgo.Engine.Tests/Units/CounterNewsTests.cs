using Trasgo.Engine.Units;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Counters that change with every connection are not told with every connection.</summary>
public sealed class CounterNewsTests : IDisposable
{
    private readonly UnitWorld _world = new();
    private readonly CounterNews _news;

    public CounterNewsTests()
    {
        _news = new CounterNews(_world.Service("ExecStart=/daemon"));
        _world.Changed.Clear();
    }

    public void Dispose()
    {
        _news.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void Note_TheFirst_IsToldAtOnce()
    {
        _news.Note();
        Assert.Equal(["a.service"], _world.Changed);
    }

    [Fact]
    public void Note_ManyInARow_AreToldAtOnceAndATenthOfASecondLater()
    {
        for (var i = 0; i < 50; i++)
        {
            _news.Note();
            _world.Advance(0.001);
        }

        Assert.Single(_world.Changed);
        _world.Advance(0.1);
        Assert.Equal(2, _world.Changed.Count);
    }

    [Fact]
    public void Note_OnlyOnce_WakesNobodyLater()
    {
        _news.Note();
        _world.Advance(1);
        Assert.Single(_world.Changed);
        _news.Note();
        Assert.Equal(2, _world.Changed.Count);
    }
}
