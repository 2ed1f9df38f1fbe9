using Trasgo.Linux;

namespace Trasgo.Manager.Tests.Host;

public sealed class HeapTrimmerTests : IDisposable
{
    private readonly FakeTime _time = new();
    private readonly EventLoop _loop;
    private readonly HeapTrimmer _trimmer;
    private object? _garbage;

    public HeapTrimmerTests()
    {
        _loop = new EventLoop(_time);
        _trimmer = new HeapTrimmer(_loop);
        _loop.AfterRound = _trimmer.OnWork;
    }

    public void Dispose()
    {
        _trimmer.Dispose();
        _loop.Dispose();
    }

    [Fact]
    public void Heap_AfterABurst_IsCompactedOnceAllIsQuiet()
    {
        var told = 0;
        _trimmer.Trimming = () => told++;
        Work();
        Assert.Equal(0, _trimmer.Trims);
        _time.Advance(1_000_000);
        Assert.Equal((1, 1), (_trimmer.Trims, told));
        Assert.Null(_loop.NextWakeUp(Clock.Monotonic));
    }

    [Fact]
    public void Heap_WhileWorkGoesOn_IsLeftAlone()
    {
        for (var i = 0; i < 10; i++)
        {
            Work();
            _time.Advance(200_000);
        }

        Assert.Equal(0, _trimmer.Trims);
        _time.Advance(1_000_000);
        Assert.Equal(1, _trimmer.Trims);
    }

    [Fact]
    public void Manager_WithNothingToDo_IsNotWoken()
    {
        using var deferred = _loop.DeferLater(static () => { });
        deferred.Schedule();
        _loop.RunOnce(0);
        Assert.Null(_loop.NextWakeUp(Clock.Monotonic));
    }

    private void Work()
    {
        using var deferred = _loop.DeferLater(() => _garbage = new byte[2_000_000]);
        deferred.Schedule();
        _loop.RunOnce(0);
        Assert.NotNull(_garbage);
    }
}
