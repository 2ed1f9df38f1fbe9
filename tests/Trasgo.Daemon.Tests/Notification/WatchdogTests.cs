using Trasgo.Daemon.Tests.Peers;
using Trasgo.Daemon.Tests.Probes;

namespace Trasgo.Daemon.Tests.Notification;

[Collection(EnvironmentCollection.Name)]
public sealed class WatchdogTests : IDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(40);

    private readonly TemporaryFolder _folder = new();
    private readonly Manager _manager;
    private readonly ServiceNotifier _notifier;

    public WatchdogTests()
    {
        _manager = new Manager(_folder["notify"]);
        _notifier = new ServiceNotifier(_folder["notify"]);
    }

    [Theory]
    [InlineData("30000000", null, 30_000)]
    [InlineData("30000000", "", 30_000)]
    [InlineData("30000000", "own", 30_000)]
    [InlineData("30000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("soon", null, null)]
    [InlineData("99999999999999999999", null, null)]
    [InlineData("9223372036854775807", null, null)]
    [InlineData("", null, null)]
    [InlineData(null, null, null)]
    public void Interval_WithVariables_IsWhatSdWatchdogEnabledSays(string? microseconds, string? process, int? expected)
    {
        using var variables = new Variables(("WATCHDOG_USEC", microseconds), ("WATCHDOG_PID", process == "own" ? Environment.ProcessId.ToString() : process));

        Assert.Equal(expected, (int?)Watchdog.Interval?.TotalMilliseconds);
    }

    [Fact]
    public void Start_WithoutAnInterval_StartsNothing()
    {
        using var variables = new Variables(("WATCHDOG_USEC", null));

        Assert.Null(Watchdog.Start(_notifier, () => true));
    }

    [Fact]
    public void Start_WithoutAManager_StartsNothing()
    {
        using var variables = new Variables(("WATCHDOG_USEC", "1000000"), ("WATCHDOG_PID", null));

        Assert.Null(Watchdog.Start(new ServiceNotifier(null), () => true));
    }

    [Fact]
    public void Start_OfAHealthyService_SendsKeepAlivesAgainAndAgain()
    {
        using var variables = new Variables(("WATCHDOG_USEC", "40000"), ("WATCHDOG_PID", null));
        using var watchdog = Watchdog.Start(_notifier, () => true);

        for (int i = 0; i < 5; i++)
        {
            Assert.Equal("WATCHDOG=1", _manager.Receive());
        }
    }

    [Fact]
    public void Start_OfAServiceThatFallsIll_FallsSilentAndComesBackWithIt()
    {
        bool isHealthy = true;
        using var asked = new SemaphoreSlim(0);
        using var watchdog = Watchdog.Start(
            _notifier,
            () =>
            {
                asked.Release();
                return Volatile.Read(ref isHealthy);
            },
            s_interval);
        Assert.Equal("WATCHDOG=1", _manager.Receive());

        Volatile.Write(ref isHealthy, false);
        Drain(asked);
        Assert.Null(_manager.Receive(200));
        Volatile.Write(ref isHealthy, true);
        Assert.Equal("WATCHDOG=1", _manager.Receive());
    }

    [Fact]
    public void Start_WithACheckThatThrows_IsSilentAndAsksAgain()
    {
        using var asked = new SemaphoreSlim(0);
        using var watchdog = Watchdog.Start(
            _notifier,
            () =>
            {
                asked.Release();
                throw new InvalidOperationException();
            },
            s_interval);

        Assert.True(asked.Wait(10_000) && asked.Wait(10_000) && asked.Wait(10_000));
        Assert.Null(_manager.Receive(0));
    }

    [Fact]
    public void Start_WithAManagerThatIsAwayForAWhile_GoesOn()
    {
        using var watchdog = Watchdog.Start(new ServiceNotifier(_folder["later"]), () => true, s_interval);
        using var later = new Manager(_folder["later"]);

        Assert.Equal("WATCHDOG=1", later.Receive());
    }

    [Fact]
    public void Dispose_OfAWatchdog_EndsTheKeepAlives()
    {
        var watchdog = Watchdog.Start(_notifier, () => true, s_interval);
        Assert.Equal("WATCHDOG=1", _manager.Receive());

        watchdog.Dispose();
        while (_manager.Receive(150) is not null)
        {
        }

        Assert.Null(_manager.Receive(200));
    }

    public void Dispose()
    {
        _manager.Dispose();
        _folder.Dispose();
    }

    /// <summary>Until a check has begun and ended after this call, all earlier keep-alives are out.</summary>
    private void Drain(SemaphoreSlim asked)
    {
        while (asked.Wait(0))
        {
        }

        Assert.True(asked.Wait(10_000) && asked.Wait(10_000));
        while (_manager.Receive(0) is not null)
        {
        }
    }
}
