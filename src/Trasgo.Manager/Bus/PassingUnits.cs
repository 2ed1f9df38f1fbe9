using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Units that nobody has asked for and that mostly are gone again at once: the instances that serve connections. On a busy port the news of
/// them is most of what the bus, its daemon and all who have subscribed have to do, and who would look at one of them comes too late in
/// any case. So one is announced when it has been there for a tenth of a second, or when a client comes across it.
/// </summary>
internal sealed class PassingUnits(EventLoop loop, Action<Unit> announce) : IDisposable
{
    private const ulong PatienceUsec = 100_000;

    private readonly HashSet<Unit> _unannounced = [];

    /// <summary>In the order in which they are due. The first is one that waits; what is behind it may be gone.</summary>
    private readonly Queue<(Unit Unit, ulong Due)> _waiting = [];

    private TimerSource? _timer;

    /// <summary>Whether the unit, which has not been announced, need not be yet.</summary>
    public bool Keep(Unit unit)
    {
        if (_unannounced.Contains(unit))
        {
            return true;
        }

        if (unit is not Service { HasConnection: true })
        {
            return false;
        }

        _unannounced.Add(unit);
        _waiting.Enqueue((unit, loop.Now(Clock.Monotonic) + PatienceUsec));
        if (_timer is not { IsArmed: true })
        {
            _timer ??= loop.At(Clock.Monotonic, TimerSource.Never, AnnounceDue);
            _timer.Rearm(_waiting.Peek().Due);
        }

        return true;
    }

    /// <summary>
    /// The unit is gone, or is announced for another reason; false if it was not kept. Nothing holds on to it: of units that outlived their connection by a
    /// tenth of a second every collection of garbage would have to move hundreds.
    /// </summary>
    public bool Forget(Unit unit)
    {
        var wasKept = _unannounced.Remove(unit);
        while (_waiting.TryPeek(out var first) && !_unannounced.Contains(first.Unit))
        {
            _waiting.Dequeue();
        }

        return wasKept;
    }

    public void Dispose() => _timer?.Dispose();

    private void AnnounceDue()
    {
        var now = loop.Now(Clock.Monotonic);
        while (_waiting.TryPeek(out var first))
        {
            if (first.Due > now)
            {
                _timer!.Rearm(first.Due);
                return;
            }

            Forget(first.Unit);
            announce(first.Unit);
        }
    }
}
