using System.Runtime.InteropServices;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Signals;

public sealed class DaemonSignalsTests
{
    private const string Thread = " on signals, pool False";

    [Fact]
    public void On_EachSignal_CallsItsHandlerOnTheThreadOfTheHandlers()
    {
        using var probe = Started();

        foreach (var (number, what) in new[] { (1, "reload"), (10, "reopen"), (12, "usr2"), (1, "reload") })
        {
            probe.Signal(number);
            Assert.Equal(what + Thread, probe.ReadLine());
        }
    }

    [Theory]
    [InlineData(15, PosixSignal.SIGTERM, 0)]
    [InlineData(2, PosixSignal.SIGINT, 0)]
    [InlineData(3, PosixSignal.SIGQUIT, 3)]
    public void OnStop_ForASignalThatEnds_IsCalledOnceAndThenTheTokenIsCancelled(int number, PosixSignal signal, int status)
    {
        using var probe = Started();

        probe.Signal(number);

        Assert.Equal($"stop {signal}{Thread}", probe.ReadLine());
        Assert.Equal("cancelled", probe.ReadLine());
        Assert.Equal($"stopped by {signal}", probe.ReadLine());
        Assert.Equal(status, probe.WaitForExit());
    }

    [Fact]
    public void On_ASignalThatNobodyHandles_IsRefused()
    {
        using var signals = new DaemonSignals();

        Assert.Throws<ArgumentOutOfRangeException>(() => signals.On((PosixSignal)9, () => { }));
        Assert.Throws<ArgumentOutOfRangeException>(() => signals.On((PosixSignal)1000, () => { }));
    }

    [Fact]
    public void Post_OfAHandlerThatWaits_QueuesItOnce()
    {
        using var thread = new SignalThread();
        using var began = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        int calls = 0;
        int slow = thread.Add(() =>
        {
            calls++;
            began.Release();
            goOn.Wait();
        });
        using var last = new SemaphoreSlim(0);
        int end = thread.Add(() => last.Release());

        thread.Post(slow);
        Assert.True(began.Wait(10_000));
        thread.Post(slow);
        thread.Post(slow);
        thread.Post(end);
        goOn.Release(3);

        Assert.True(last.Wait(10_000));
        Assert.Equal(2, calls);
    }

    [Fact]
    public void WaitForStop_ForAWhile_SaysThatNoneCame()
    {
        using var signals = new DaemonSignals();

        Assert.False(signals.WaitForStop(TimeSpan.FromMilliseconds(1)));
        Assert.Null(signals.StopSignal);
        Assert.False(signals.Stopping.IsCancellationRequested);
    }

    private static Probe Started()
    {
        var probe = Probe.Start("signals");
        Assert.Equal("waiting", probe.ReadLine());
        return probe;
    }
}
