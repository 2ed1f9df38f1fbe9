using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Timers of systemd.timer(5) on a clock that the tests move. The world begins on 2023-11-14 at 22:13:20 UTC.</summary>
public class TimerUnitTests
{
    private const string Exact = "AccuracySec=1us\n";

    [Fact]
    public void OnActiveSec_Elapsing_StartsTheServiceAndStays()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnActiveSec=10s");
        var service = (Service)world.Unit("a.service");

        world.Start("a.timer");
        Assert.Equal("waiting", timer.SubState);
        world.Advance(9.9);
        Assert.Equal("dead", service.SubState);
        world.Advance(0.2);
        Assert.Equal("running", timer.SubState);
        Assert.Equal("running", service.SubState);

        world.Exit(world.Main(service));
        Assert.Equal("elapsed", timer.SubState);
        Assert.Equal(UnitActiveState.Active, timer.ActiveState);
        world.Advance(100);
        Assert.Equal("dead", service.SubState);
    }

    [Fact]
    public void RemainAfterElapse_Off_LetsTheTimerGo()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnActiveSec=1s\nRemainAfterElapse=no", service: "Type=oneshot\nExecStart=/exit/0");

        world.Start("a.timer");
        world.Advance(2);

        Assert.Equal("dead", timer.SubState);
        Assert.Equal("success", timer.ResultName);
        Assert.Single(world.Commands);
    }

    [Fact]
    public void RemainAfterElapse_OffInATransientTimer_LetsBothUnitsBeForgotten()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnActiveSec=5s\nRemainAfterElapse=no", service: "Type=oneshot\nExecStart=/exit/0");
        timer.IsTransient = true;
        world.Start("a.timer");
        timer.References = 0;
        world.Unit("a.service").References = 0;

        world.Advance(4);
        Assert.DoesNotContain("a.timer", world.Removed);
        world.Advance(2);

        Assert.Single(world.Commands);
        Assert.Contains("a.timer", world.Removed);
        Assert.Contains("a.service", world.Removed);
    }

    [Fact]
    public void OnUnitActiveSec_WithOnActiveSec_GoesOnFromStartToStart()
    {
        using var world = new UnitWorld();
        Timer(world, Exact + "OnActiveSec=1s\nOnUnitActiveSec=10s", service: "Type=oneshot\nExecStart=/exit/0");

        world.Start("a.timer");
        world.Advance(1.5);
        Assert.Single(world.Commands);
        world.Advance(9);
        Assert.Single(world.Commands);
        world.Advance(1);
        Assert.Equal(2, world.Commands.Count());
        world.Advance(100);
        Assert.Equal(12, world.Commands.Count());
    }

    [Fact]
    public void OnUnitInactiveSec_AfterAServiceThatRuns_CountsFromItsEnd()
    {
        using var world = new UnitWorld();
        Timer(world, Exact + "OnActiveSec=1s\nOnUnitInactiveSec=10s");
        var service = (Service)world.Unit("a.service");

        world.Start("a.timer");
        world.Advance(30);
        Assert.Single(world.Commands);
        world.Exit(world.Main(service));
        world.Advance(9);
        Assert.Single(world.Commands);
        world.Advance(1.5);
        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void OnUnitActiveSec_AloneAndNeverStarted_IsElapsedUntilTheUnitIsStarted()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnUnitActiveSec=10s", service: "Type=oneshot\nExecStart=/exit/0");

        world.Start("a.timer");
        Assert.Equal("elapsed", timer.SubState);
        world.Start("a.service");
        Assert.Equal("waiting", timer.SubState);
        world.Advance(11);

        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void OnCalendar_WhileTheServiceRuns_IsMadeUpForOnceWhenItEnds()
    {
        using var world = new UnitWorld();
        Timer(world, Exact + "OnCalendar=*:*:00");
        var service = (Service)world.Unit("a.service");

        world.Start("a.timer");
        world.Advance(60);
        Assert.Single(world.Commands);
        world.Advance(600);
        world.Exit(world.Main(service));
        world.Settle();
        Assert.Equal(2, world.Commands.Count());
        world.Exit(world.Main(service));
        world.Settle();

        Assert.Equal(2, world.Commands.Count());
    }

    [Fact]
    public void OnCalendar_InALocalZone_ComesAtTheLocalHourAndMovesWithTheZone()
    {
        using var world = new UnitWorld();
        world.Zones.MoveTo("CET-1CEST,M3.5.0,M10.5.0/3");
        var timer = Timer(world, Exact + "OnCalendar=06:30");

        world.Start("a.timer");
        Assert.Equal(At(2023, 11, 15, 5, 30), timer.NextElapseRealtime);
        world.Zones.MoveTo("EST5");
        world.Context.Timekeeping.OnTimezoneChanged(world.Context);

        Assert.Equal(At(2023, 11, 15, 11, 30), timer.NextElapseRealtime);
        Assert.Equal("waiting", timer.SubState);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-3)]
    public void ClockJump_OfThreeDaysEitherWay_LeavesTheNextElapseRightAtOnce(int days)
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnCalendar=*-*-* 12:00:00", service: "Type=oneshot\nExecStart=/exit/0");
        world.Start("a.timer");
        world.Advance(14 * 3600);
        Assert.Single(world.Commands);

        world.Time.Jump(world.Time.Now(Clock.Realtime) + (ulong)(days * 86400L * 1_000_000L));
        world.Settle();

        // Forward, the noons that were jumped over are made up for by one run; backward, nothing is due before the noon of that day.
        Assert.Equal(days > 0 ? 2 : 1, world.Commands.Count());
        Assert.Equal(days > 0 ? At(2023, 11, 19, 12) : At(2023, 11, 13, 12), timer.NextElapseRealtime);
        world.Advance(24 * 3600);
        Assert.Equal(days > 0 ? 3 : 2, world.Commands.Count());
    }

    [Fact]
    public void OnClockChange_WhenTheClockIsSet_StartsTheService()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, "OnClockChange=yes", service: "Type=oneshot\nExecStart=/exit/0");
        world.Start("a.timer");
        Assert.Equal("waiting", timer.SubState);

        world.Time.Jump(world.Time.Now(Clock.Realtime) + 5_000_000);
        world.Settle();

        Assert.Single(world.Commands);
        Assert.Equal("waiting", timer.SubState);
    }

    [Fact]
    public void OnTimezoneChange_WhenTheZoneIsAnother_StartsTheService()
    {
        using var world = new UnitWorld();
        Timer(world, "OnTimezoneChange=yes", service: "Type=oneshot\nExecStart=/exit/0");
        world.Start("a.timer");

        world.Context.Timekeeping.OnTimezoneChanged(world.Context);
        world.Settle();

        Assert.Single(world.Commands);
    }

    [Fact]
    public void Persistent_WithAStampOfYesterday_CatchesUpAtOnceAndTouchesIt()
    {
        using var world = new UnitWorld();
        world.Stamps.Times["/var/lib/systemd/timers/stamp-a.timer"] = world.Time.Now(Clock.Realtime) - (86400UL * 1_000_000);
        var timer = Timer(world, Exact + "OnCalendar=daily\nPersistent=yes", service: "Type=oneshot\nExecStart=/exit/0");

        world.Start("a.timer");
        world.Settle();

        Assert.Single(world.Commands);
        Assert.Equal(timer.LastTrigger.Realtime, world.Stamps.Times["/var/lib/systemd/timers/stamp-a.timer"]);
        Assert.Equal(At(2023, 11, 15), timer.NextElapseRealtime);
    }

    [Fact]
    public void Persistent_WithoutAStamp_MakesOneAndWaits()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnCalendar=daily\nPersistent=yes");

        world.Start("a.timer");

        Assert.True(world.Stamps.Times.TryGetValue("/var/lib/systemd/timers/stamp-a.timer", out var time));
        Assert.Null(time);
        Assert.Equal(At(2023, 11, 15), timer.NextElapseRealtime);
        Assert.False(timer.LastTrigger.IsSet);
    }

    [Fact]
    public void Persistent_WithAStampInTheFuture_DoesNotBelieveIt()
    {
        using var world = new UnitWorld();
        world.Stamps.Times["/var/lib/systemd/timers/stamp-a.timer"] = world.Time.Now(Clock.Realtime) + 1_000_000;
        var timer = Timer(world, Exact + "OnCalendar=daily\nPersistent=yes");

        world.Start("a.timer");

        Assert.False(timer.LastTrigger.IsSet);
        Assert.True(world.Logged("a.timer: Not using persistent file timestamp Tue 2023-11-14 22:13:21 UTC as it is in the future."));
    }

    [Fact]
    public void RandomizedDelay_WithARandomNumber_IsAdded()
    {
        using var world = new UnitWorld { NextRandom = 67_000_000 };
        var timer = Timer(world, Exact + "OnCalendar=daily\nRandomizedDelaySec=60");

        world.Start("a.timer");

        Assert.Equal(At(2023, 11, 15) + 7_000_000, timer.NextElapseRealtime);
    }

    [Fact]
    public void FixedRandomDelay_OfTwoTimers_IsTheSameEachTimeAndNotForBoth()
    {
        using var world = new UnitWorld();
        var first = Timer(world, Exact + "OnCalendar=daily\nRandomizedDelaySec=1h\nFixedRandomDelay=yes");
        var second = Timer(world, Exact + "OnCalendar=daily\nRandomizedDelaySec=1h\nFixedRandomDelay=yes", name: "b");
        world.Start("a.timer");
        world.Start("b.timer");
        var (a, b) = (first.NextElapseRealtime, second.NextElapseRealtime);

        world.Stop("a.timer");
        world.Start("a.timer");

        Assert.Equal(a, first.NextElapseRealtime);
        Assert.NotEqual(a, b);
        Assert.InRange(a, At(2023, 11, 15), At(2023, 11, 15, 1));
    }

    [Fact]
    public void AccuracySec_OfTimersWithOverlappingWindows_SharesAWakeUp()
    {
        using var world = new UnitWorld();
        world.Loop.Perturbation = 25_000_000;
        var first = Timer(world, "OnActiveSec=10s\nAccuracySec=1min", service: "Type=oneshot\nExecStart=/exit/0");
        var second = Timer(world, "OnActiveSec=40s\nAccuracySec=1min", service: "Type=oneshot\nExecStart=/exit/0", name: "b");

        world.Start("a.timer");
        world.Start("b.timer");

        // The monotonic clock stands at 1000 s: the window of the first ends at 1070 s, and holds 1045 s, which is 25 s past the minute.
        world.Advance(100);

        Assert.Equal(1_045_000_000UL, first.LastTrigger.Monotonic);
        Assert.Equal(1_045_000_000UL, second.LastTrigger.Monotonic);
    }

    [Fact]
    public void TriggerDetails_OfTheStartedService_SayWhatAndWhen()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnActiveSec=1s");
        world.Start("a.timer");

        world.Advance(1);

        var environment = world.Executor.Requests[^1].Environment.Select(static pair => $"{pair.Key}={pair.Value}").ToList();
        Assert.Contains("TRIGGER_UNIT=a.timer", environment);
        Assert.Contains($"TRIGGER_TIMER_REALTIME_USEC={timer.LastTrigger.Realtime}", environment);
        Assert.Contains($"TRIGGER_TIMER_MONOTONIC_USEC={timer.LastTrigger.Monotonic}", environment);
    }

    [Fact]
    public void Start_WhenTheServiceIsMissing_IsRefused()
    {
        using var world = new UnitWorld();
        world.File("a.timer", "[Timer]\nOnActiveSec=1s\n");
        var timer = (TimerUnit)world.Load("a.timer");

        world.Start("a.timer");

        Assert.Equal("dead", timer.SubState);
        Assert.True(world.Logged("a.timer: Refusing to start, unit a.service to trigger not loaded."));
    }

    [Fact]
    public void StartLimit_WhenHit_FailsTheTimer()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, "OnActiveSec=1h", unitLines: "StartLimitBurst=2");
        for (var start = 0; start < 3; start++)
        {
            world.Start("a.timer");
            world.Stop("a.timer");
        }

        Assert.Equal("failed", timer.SubState);
        Assert.Equal("start-limit-hit", timer.ResultName);
        timer.ResetFailed();
        Assert.Equal("dead", timer.SubState);
        Assert.Equal("success", timer.ResultName);
    }

    [Fact]
    public void DaemonReload_WithAnotherTime_ArmsTheTimerAnew()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnCalendar=daily");
        world.Start("a.timer");
        Assert.Equal(At(2023, 11, 15), timer.NextElapseRealtime);

        world.File("a.timer", "[Timer]\nAccuracySec=1us\nOnCalendar=*-*-* 23:00\n");
        world.DaemonReload();

        Assert.Equal("waiting", timer.SubState);
        Assert.Equal(At(2023, 11, 14, 23), timer.NextElapseRealtime);
    }

    [Fact]
    public void Stop_OfAWaitingTimer_DisarmsIt()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnActiveSec=1s\nOnCalendar=*:*:*");
        world.Start("a.timer");

        world.Stop("a.timer");
        world.Advance(100);

        Assert.Empty(world.Commands);
        Assert.Equal("dead", timer.SubState);
        Assert.Equal((ulong.MaxValue, ulong.MaxValue), (timer.NextElapseRealtime, timer.NextElapseMonotonic));
    }

    [Fact]
    public void Service_ThatCannotBeStarted_LeavesTheTimerWaitingForItsNextTime()
    {
        using var world = new UnitWorld();
        var timer = Timer(world, Exact + "OnCalendar=*:*:00", service: "Type=oneshot\nExecStart=/exit/1");
        world.Start("a.timer");

        world.Advance(60);

        Assert.Equal("failed", world.Unit("a.service").SubState);
        Assert.Equal("waiting", timer.SubState);
        world.Advance(60);
        Assert.Equal(2, world.Commands.Count());
    }

    private static TimerUnit Timer(UnitWorld world, string lines, string service = "ExecStart=/daemon", string name = "a", string unitLines = "")
    {
        world.Service(service, name: name + ".service");
        world.File(name + ".timer", $"[Unit]\n{unitLines}\n[Timer]\n{lines}\n");
        return (TimerUnit)world.Load(name + ".timer");
    }

    private static ulong At(int year, int month, int day, int hour = 0, int minute = 0) =>
        (ulong)(new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / 10;
}
