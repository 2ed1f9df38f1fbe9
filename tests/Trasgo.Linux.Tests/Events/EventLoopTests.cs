namespace Trasgo.Linux.Tests;

public sealed class EventLoopTests : IDisposable
{
    private readonly FakeTime _time = new();
    private readonly EventLoop _loop;
    private readonly List<string> _log = [];

    public EventLoopTests() => _loop = new EventLoop(_time);

    public void Dispose() => _loop.Dispose();

    [Fact]
    public void Deferred_OfDifferentPriorities_RunLowestValueFirst()
    {
        _loop.Defer(() => _log.Add("idle"), EventPriority.Idle);
        _loop.Defer(() => _log.Add("first"), EventPriority.Normal);
        _loop.Defer(() => _log.Add("second"), EventPriority.Normal);
        _loop.Defer(() => _log.Add("children"), EventPriority.Children);

        _loop.RunOnce(0);

        Assert.Equal(["children", "first", "second", "idle"], _log);
    }

    [Fact]
    public void Deferred_ScheduledTwice_RunsOnce()
    {
        var source = _loop.Defer(() => _log.Add("run"));
        source.Schedule();
        source.Schedule();

        _loop.RunOnce(0);
        _loop.RunOnce(0);

        Assert.Single(_log);
    }

    [Fact]
    public void Deferred_ThatSchedulesItself_RunsOnceARoundAndLetsOthersRun()
    {
        DeferSource? source = null;
        source = _loop.Defer(() =>
        {
            _log.Add("greedy");
            source!.Schedule();
        });
        _loop.Defer(() => _log.Add("other"), EventPriority.Idle);

        _loop.RunOnce(0);
        Assert.Equal(["greedy", "other"], _log);

        _loop.RunOnce(0);
        Assert.Equal(["greedy", "other", "greedy"], _log);
    }

    [Fact]
    public void Deferred_FromAHandler_RunsInTheSameRound()
    {
        _loop.Defer(() => _loop.Defer(() => _log.Add("inner")));

        _loop.RunOnce(0);

        Assert.Equal(["inner"], _log);
    }

    [Fact]
    public void Source_DisposedByAnEarlierHandler_IsNotCalled()
    {
        var victim = _loop.Defer(() => _log.Add("victim"));
        _loop.Defer(victim.Dispose, -1);

        _loop.RunOnce(0);

        Assert.Empty(_log);
    }

    [Fact]
    public void Timers_InAnyOrder_FireByDeadlineEachAtItsTime()
    {
        var start = _loop.Now(Clock.Monotonic);
        foreach (var delay in (ulong[])[300, 100, 200])
        {
            _loop.At(Clock.Monotonic, start + delay, () => _log.Add($"{delay}@{_loop.Now(Clock.Monotonic) - start}"));
        }

        _time.Advance(250);
        Assert.Equal(["100@100", "200@200"], _log);

        _time.Advance(50);
        Assert.Equal(["100@100", "200@200", "300@300"], _log);
    }

    [Fact]
    public void Timer_RearmedFromItsHandler_FiresAgain()
    {
        TimerSource? timer = null;
        timer = _loop.At(Clock.Monotonic, _loop.Now(Clock.Monotonic) + 10, () =>
        {
            _log.Add("tick");
            timer!.Rearm(_loop.Now(Clock.Monotonic) + 10);
        });

        _time.Advance(55);

        Assert.Equal(5, _log.Count);
    }

    [Fact]
    public void Timer_DisarmedWhilePending_DoesNotFire()
    {
        var deadline = _loop.Now(Clock.Monotonic) + 10;
        var victim = _loop.At(Clock.Monotonic, deadline, () => _log.Add("fired"));
        _loop.At(Clock.Monotonic, deadline, victim.Disarm, -1);

        _time.Advance(20);

        Assert.Empty(_log);
        Assert.False(victim.IsArmed);
    }

    [Fact]
    public void Timer_WithDeadlineNever_IsNotArmed()
    {
        using var timer = _loop.At(Clock.Monotonic, TimerSource.Never, () => _log.Add("fired"));

        _time.Advance(ulong.MaxValue / 4);

        Assert.False(timer.IsArmed);
        Assert.Empty(_log);
    }

    [Fact]
    public void Timers_Thousands_FireInOrderHoweverTheyWereChanged()
    {
        var random = new Random(20260101);
        var start = _loop.Now(Clock.Monotonic);
        var fired = new List<ulong>();
        var expected = new List<ulong>();
        for (var i = 0; i < 3000; i++)
        {
            TimerSource? timer = null;
            timer = _loop.At(Clock.Monotonic, start + (ulong)random.Next(1, 100_000), () => fired.Add(timer!.Deadline));
            if (random.Next(3) == 0)
            {
                timer.Rearm(start + (ulong)random.Next(1, 100_000));
            }

            if (random.Next(5) == 0)
            {
                timer.Dispose();
            }
            else
            {
                expected.Add(timer.Deadline);
            }
        }

        _time.Advance(100_000);

        expected.Sort();
        Assert.Equal(expected, fired);
    }

    [Fact]
    public void WallClock_SetBackThreeDays_TellsWatchersAndMovesRealtimeTimersOnly()
    {
        var realtime = _loop.Now(Clock.Realtime);
        _loop.At(Clock.Realtime, realtime + 1000, () => _log.Add("realtime"));
        _loop.At(Clock.Monotonic, _loop.Now(Clock.Monotonic) + 1000, () => _log.Add("monotonic"));
        _loop.OnClockJump(() => _log.Add("jump"));

        _time.Jump(realtime - 3UL * 86400 * 1_000_000);
        _time.Advance(1000);

        Assert.Equal(["jump", "monotonic"], _log);
    }

    [Fact]
    public void WallClock_SetAheadThreeDays_FiresWhatBecameDue()
    {
        var realtime = _loop.Now(Clock.Realtime);
        _loop.At(Clock.Realtime, realtime + 86400UL * 1_000_000, () => _log.Add("realtime"));

        _time.Jump(realtime + (3UL * 86400 * 1_000_000));

        Assert.Equal(["realtime"], _log);
    }

    [Fact]
    public void Descriptor_Readable_CallsUntilItIsEmptied()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        using (write)
        {
            using var source = _loop.OnReadable(read, () => _log.Add("readable"));
            Assert.False(_loop.RunOnce(0));

            FileSystem.Write(write, "x"u8).OrThrow("write");
            _loop.RunOnce(0);
            _loop.RunOnce(0);
            Assert.Equal(2, _log.Count);

            FileSystem.ReadInto(read, new byte[8]).OrThrow("read");
            Assert.False(_loop.RunOnce(0));
        }
    }

    [Fact]
    public void Descriptor_Paused_StaysSilentUntilResumed()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        {
            using var source = _loop.OnIo(read, IoEvents.Readable, events => _log.Add($"{events}"));
            source.Events = IoEvents.None;
            write.Dispose();
            Assert.False(_loop.RunOnce(0));

            source.Events = IoEvents.Readable;
            _loop.RunOnce(0);

            Assert.Equal(["HangUp"], _log);
        }
    }

    [Fact]
    public void Descriptor_WhoseSourceIsDisposedInTheSameRound_DoesNotReachItsSuccessor()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        using (write)
        {
            FileSystem.Write(write, "x"u8).OrThrow("write");
            IoSource? second = null;
            var first = _loop.OnReadable(read, () => _log.Add("first"));
            _loop.Defer(
                () =>
                {
                    first.Dispose();
                    second = _loop.OnReadable(read, () => _log.Add("second"));
                },
                -1);

            _loop.RunOnce(0);
            Assert.Empty(_log);

            _loop.RunOnce(0);
            Assert.Equal(["second"], _log);
            second!.Dispose();
        }
    }

    [Fact]
    public void Handler_ThatThrows_DoesNotEndALoopWithAGuard()
    {
        Exception? seen = null;
        _loop.Unhandled = e => seen = e;
        _loop.Defer(() => throw new InvalidOperationException("bug"));
        _loop.Defer(() => _log.Add("next"));

        _loop.RunOnce(0);

        Assert.IsType<InvalidOperationException>(seen);
        Assert.Equal(["next"], _log);
    }

    [Fact]
    public void Exit_FromAHandler_EndsRunWithItsCode()
    {
        _loop.Defer(() => _loop.Exit(7));
        _loop.Defer(() => _log.Add("not any more"));

        Assert.Equal(7, _loop.Run());
        Assert.Empty(_log);
    }

    [Fact]
    public void SteadyState_TimersDefersAndDescriptors_AllocateNothing()
    {
        var (read, write) = Pipe.Create(nonBlocking: true).OrThrow("pipe2");
        using (read)
        using (write)
        {
            using var loop = new EventLoop();
            var ran = 0;
            var defer = loop.DeferLater(() => ran++);
            var timer = loop.At(Clock.Monotonic, TimerSource.Never, () => ran++);
            var io = loop.OnReadable(read, () => ran++);
            FileSystem.Write(write, "x"u8).OrThrow("write");

            Turn(10);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Turn(1000);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            Assert.Equal(0, allocated);
            Assert.Equal(3 * 1010, ran);
            io.Dispose();

            void Turn(int rounds)
            {
                for (var i = 0; i < rounds; i++)
                {
                    defer.Schedule();
                    timer.Rearm(1);
                    loop.RunOnce(0);
                }
            }
        }
    }
}
