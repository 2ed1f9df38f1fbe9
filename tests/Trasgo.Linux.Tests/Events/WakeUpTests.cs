using Trasgo.Linux;

namespace Trasgo.Linux.Tests.Events;

/// <summary>Timers with a window: where in it the loop wakes up, and who runs then.</summary>
public class WakeUpTests
{
    private const ulong Second = 1_000_000;

    [Theory]
    [InlineData(1010, 1070, 25, 1045)]
    [InlineData(1010, 1040, 25, 1035)]
    [InlineData(1050, 1100, 25, 1095)]
    [InlineData(1046, 1104, 25, 1095)]
    [InlineData(1006, 1009, 25, 1008)]
    public void Window_OfWholeSeconds_IsLeftAtTheSamePlaceOfTheLargestStep(ulong earliest, ulong latest, ulong perturbation, ulong expected) =>
        Assert.Equal(expected * Second, WakeUps.Choose(earliest * Second, latest * Second, perturbation * Second));

    [Theory]
    [InlineData(5_000_000, 5_000_000, 5_000_000)]
    [InlineData(5_000_000, 5_000_001, 5_000_000)]
    [InlineData(5_010_000, 5_200_000, 5_200_000)]
    [InlineData(0, 5_200_000, 0)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue)]
    public void Window_WithoutSuchAPlace_IsLeftAtItsEndOrIfItIsEmptyAtItsBeginning(ulong earliest, ulong latest, ulong expected) =>
        Assert.Equal(expected, WakeUps.Choose(earliest, latest, 0));

    [Fact]
    public void Window_OfAnySize_HoldsTheWakeUp()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var earliest = (ulong)random.NextInt64(1, 10_000_000_000);
            var latest = earliest + (ulong)random.NextInt64(0, 1L << random.Next(1, 34));
            Assert.InRange(WakeUps.Choose(earliest, latest, (ulong)random.NextInt64(0, (long)WakeUps.Minute)), earliest, latest);
        }
    }

    [Fact]
    public void Perturbation_OfABoot_IsTheSameWithAndWithoutHyphens()
    {
        var value = WakeUps.PerturbationOf("0123456789abcdef0123456789abcde0");

        Assert.Equal(value, WakeUps.PerturbationOf("01234567-89ab-cdef-0123-456789abcde0\n".TrimEnd()));
        Assert.InRange(value, 1UL, WakeUps.Minute - 1);
        Assert.Equal(0UL, WakeUps.PerturbationOf("no identifier"));
    }

    [Fact]
    public void Timers_WithAndWithoutWindows_WakeTheLoopForTheExactOneAndOnceForTheOthers()
    {
        var time = new FakeTime(monotonic: 1000 * Second);
        using var loop = new EventLoop(time);
        var log = new List<string>();
        foreach (var (name, delay, accuracy) in ((string, ulong, ulong)[])[("exact", 15, 0), ("late", 18, 60), ("later", 20, 60), ("alone", 200, 1)])
        {
            loop.At(Clock.Monotonic, TimerSource.Never, () => log.Add($"{name} {(time.Now(Clock.Monotonic) / Second) - 1000}"))
                .Rearm((1000 + delay) * Second, accuracy * Second);
        }

        time.Advance(300 * Second);

        // 1020 s is a whole minute, and in the windows of two of them.
        Assert.Equal(["exact 15", "late 20", "later 20", "alone 200"], log);
    }

    [Fact]
    public void ManyTimers_WithRandomWindowsMovedAndRemoved_EachRunsInItsWindow()
    {
        var time = new FakeTime(monotonic: 1000 * Second);
        using var loop = new EventLoop(time);
        var random = new Random(11);
        var timers = new List<TimerSource>();
        var ran = 0;
        for (var i = 0; i < 500; i++)
        {
            TimerSource? timer = null;
            timer = loop.At(Clock.Monotonic, TimerSource.Never, () =>
            {
                ran++;
                Assert.InRange(time.Now(Clock.Monotonic), timer!.Deadline, timer.Latest);
            });
            timers.Add(timer);
            timer.Rearm((ulong)random.NextInt64(1000, 2000) * Second, (ulong)random.NextInt64(0, 90) * Second);
        }

        for (var i = 0; i < 500; i += 2)
        {
            timers[i].Rearm((ulong)random.NextInt64(1000, 2000) * Second, (ulong)random.NextInt64(0, 90) * Second);
        }

        for (var i = 0; i < 500; i += 5)
        {
            timers[i].Dispose();
        }

        time.Advance(2000 * Second);

        Assert.Equal(400, ran);
    }
}
