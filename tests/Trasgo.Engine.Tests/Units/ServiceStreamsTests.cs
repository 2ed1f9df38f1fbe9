using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Streams that were given to a service, and the terminal of one that has its own.</summary>
public sealed class ServiceStreamsTests : IDisposable
{
    private readonly UnitWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Streams_OfAServiceThatIsRestarted_ArePassedAgain()
    {
        var service = Given("ExecStart=/a\nRestart=always\nRestartSec=1");
        _world.Start("a.service");
        _world.Settle();

        _world.Exit(_world.Main(service), 1);
        _world.Advance(1);

        Assert.Equal(2, _world.Executor.Requests.Count);
        Assert.All(_world.Executor.Requests, static request => Assert.NotNull(request.Streams?.Output));
    }

    [Fact]
    public void Streams_AreReleased_WhenTheServiceStaysDown()
    {
        var service = Given("ExecStart=/exit/1");
        _world.Start("a.service");
        _world.Settle();

        Assert.Equal(ServiceState.Failed, service.State);
        Assert.True(service.Streams.IsEmpty);
    }

    [Fact]
    public void Terminal_IsReverted_WhenTheServiceIsDown_UnlessItWasGiven()
    {
        var own = _world.Service("ExecStart=/exit/0\nTTYPath=/dev/tty9", name: "own.service");
        _world.Start("own.service");
        _world.Settle();
        Assert.Equal(ServiceState.Dead, own.State);
        Assert.Equal(["/dev/tty9"], _world.Executor.RevertedTerminals);

        Given("ExecStart=/exit/0\nTTYPath=/dev/pts/9");
        _world.Start("a.service");
        _world.Settle();
        Assert.Equal(["/dev/tty9"], _world.Executor.RevertedTerminals);
    }

    private Service Given(string lines)
    {
        var service = _world.Service(lines);
        service.TakeStreams(new StandardStreams { Output = FileSystem.Open("/dev/null", OpenFlags.WriteOnly).OrThrow("/dev/null") });
        return service;
    }
}
