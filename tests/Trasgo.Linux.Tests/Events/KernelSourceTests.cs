namespace Trasgo.Linux.Tests;

/// <summary>The loop on the kernel's clock, signals and inotify.</summary>
public sealed class KernelSourceTests : IDisposable
{
    private readonly EventLoop _loop = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _loop.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData(Clock.Realtime)]
    [InlineData(Clock.Monotonic)]
    [InlineData(Clock.Boottime)]
    public void Timer_OfAKernelClock_FiresNotBeforeItsDeadline(object clock)
    {
        var which = (Clock)clock;
        ulong? firedAt = null;
        var deadline = SystemTime.Instance.Now(which) + 20_000;
        _loop.At(which, deadline, () => firedAt = SystemTime.Instance.Now(which));

        RunUntil(() => firedAt is not null);

        Assert.True(firedAt >= deadline);
    }

    [Fact]
    public void Timer_EarlierThanTheArmedOne_IsNotLate()
    {
        var order = new List<string>();
        var now = SystemTime.Instance.Now(Clock.Monotonic);
        _loop.At(Clock.Monotonic, now + 60_000_000, () => order.Add("late"));
        _loop.RunOnce(0);
        _loop.At(Clock.Monotonic, now + 10_000, () => order.Add("early"));

        RunUntil(() => order.Count > 0);

        Assert.Equal(["early"], order);
    }

    [Fact]
    public void Signal_SentToThisThread_ArrivesWithItsSender()
    {
        // A real-time signal, which the runtime has no handler for; sent to the thread, as other threads do not block it.
        SignalInfo? received = null;
        _loop.OnSignal(Signo.SIGRTMIN + 7, info => received = info, EventPriority.Signals);
        SendToThisThread(Signo.SIGRTMIN + 7);

        RunUntil(() => received is not null);

        Assert.Equal((Signo.SIGRTMIN + 7, ProcessControl.Pid, ProcessControl.Uid), (received!.Value.Signo, received.Value.Pid, received.Value.Uid));
    }

    [Fact]
    public void Watch_OfADirectory_TellsWhatHappenedInIt()
    {
        var events = new List<(InotifyMask Mask, string Name)>();
        using var watch = _loop.Watch(_directory.Path, InotifyMask.Create | InotifyMask.MovedTo | InotifyMask.Delete, e => events.Add((e.Mask, e.Name)));
        File.WriteAllText(_directory["a"], string.Empty);
        File.Move(_directory["a"], _directory["b"]);
        File.Delete(_directory["b"]);

        RunUntil(() => events.Count >= 3);

        Assert.Equal(["a", "b", "b"], events.Select(static e => e.Name));
        Assert.Equal([InotifyMask.Create, InotifyMask.MovedTo, InotifyMask.Delete], events.Select(static e => e.Mask));
    }

    [Fact]
    public void Watch_TwoOfTheSameDirectory_EachHearsItsOwnEvents()
    {
        var creates = new List<string>();
        var deletes = new List<string>();
        using var first = _loop.Watch(_directory.Path, InotifyMask.Create, e => creates.Add(e.Name));
        var second = _loop.Watch(_directory.Path, InotifyMask.Delete, e => deletes.Add(e.Name));
        File.WriteAllText(_directory["a"], string.Empty);
        File.Delete(_directory["a"]);
        RunUntil(() => deletes.Count > 0);
        second.Dispose();

        File.WriteAllText(_directory["b"], string.Empty);
        RunUntil(() => creates.Count > 1);

        Assert.Equal(["a", "b"], creates);
        Assert.Equal(["a"], deletes);
    }

    [Fact]
    public void Watch_WhoseSharerHasGone_IsNotWokenUpForWhatOnlyThatOneWanted()
    {
        var deletes = new List<string>();
        using var first = _loop.Watch(_directory.Path, InotifyMask.Delete, e => deletes.Add(e.Name));
        _loop.Watch(_directory.Path, InotifyMask.Create, static _ => { }).Dispose();

        File.WriteAllText(_directory["a"], string.Empty);

        Assert.False(_loop.RunOnce(0));
        File.Delete(_directory["a"]);
        RunUntil(() => deletes.Count > 0);
        Assert.Equal(["a"], deletes);
    }

    [Fact]
    public void Watch_WhosePathLeadsElsewhereWhenASharerGoes_LeavesWhatIsThereAlone()
    {
        Directory.CreateDirectory(_directory["d"]);
        var heard = new List<string>();
        using var moved = _loop.Watch(_directory["d"], InotifyMask.Create, e => heard.Add("moved " + e.Name));
        var sharer = _loop.Watch(_directory["d"], InotifyMask.Delete, static _ => { });
        Directory.Move(_directory["d"], _directory["away"]);
        Directory.CreateDirectory(_directory["d"]);
        using var there = _loop.Watch(_directory["d"], InotifyMask.Delete, e => heard.Add(e.IsOverflow ? "look again" : "there " + e.Name));

        sharer.Dispose();

        File.WriteAllText(_directory["d/x"], string.Empty);
        File.Delete(_directory["d/x"]);
        File.WriteAllText(_directory["away/y"], string.Empty);
        RunUntil(() => heard.Count >= 3);
        Assert.Equal(["look again", "there x", "moved y"], heard);
    }

    [Fact]
    public void Watch_OfAMissingPath_SaysSo()
    {
        using var watch = _loop.Watch(_directory["missing"], InotifyMask.Create, static _ => { });

        Assert.Equal(Errno.ENOENT, watch.Error);
    }

    [Fact]
    public void Watch_WhoseObjectGoesAway_EndsWithIgnored()
    {
        Directory.CreateDirectory(_directory["d"]);
        var masks = InotifyMask.Ignored & 0;
        using var watch = _loop.Watch(_directory["d"], InotifyMask.DeleteSelf, e => masks |= e.Mask);
        Directory.Delete(_directory["d"]);

        RunUntil(() => (masks & InotifyMask.Ignored) != 0);

        Assert.True((masks & InotifyMask.DeleteSelf) != 0);
    }

    private static void SendToThisThread(int signo)
    {
        const int TgKillX64 = 234;
        const int TgKillArm64 = 131;
        var arm = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;
        Assert.Equal(0, Libc.syscall(arm ? TgKillArm64 : TgKillX64, Libc.getpid(), Libc.gettid(), signo, 0, 0, 0));
    }

    private void RunUntil(Func<bool> condition)
    {
        var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
        while (!condition())
        {
            Assert.True(SystemTime.Instance.Now(Clock.Monotonic) < deadline, "nothing happened for ten seconds");
            _loop.RunOnce(100_000);
        }
    }
}
