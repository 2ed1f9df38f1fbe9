using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>
/// Tells that the counters of a socket have changed, so that whoever shows them looks again: at once, and on a socket that takes a thousand
/// connections a second not for each of them but every tenth of a second.
/// </summary>
internal sealed class CounterNews(Unit unit) : IDisposable
{
    private const ulong IntervalUsec = 100_000;

    private TimerSource? _timer;
    private ulong _notBefore;

    public void Note()
    {
        var loop = unit.Context.Loop;
        if (loop.Now(Clock.Monotonic) >= _notBefore)
        {
            Tell();
        }
        else if (_timer is not { IsArmed: true })
        {
            _timer ??= loop.At(Clock.Monotonic, TimerSource.Never, Tell);
            _timer.Rearm(_notBefore);
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Tell()
    {
        _notBefore = unit.Context.Loop.Now(Clock.Monotonic) + IntervalUsec;
        unit.Context.Observer.UnitChanged(unit);
    }
}
