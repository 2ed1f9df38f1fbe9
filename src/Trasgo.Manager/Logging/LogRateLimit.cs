using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// For messages that anybody can make us write, as often as he likes: so many in an interval, and after it one about how many
/// there were.
/// </summary>
internal sealed class LogRateLimit : IDisposable
{
    private const ulong IntervalUsec = 10_000_000;
    private const int Burst = 20;

    private readonly EventLoop _loop;
    private readonly IEngineLog _log;
    private readonly string _what;
    private readonly TimerSource _end;
    private int _count;

    /// <summary><paramref name="what"/> are the messages about, for the one that counts the rest.</summary>
    public LogRateLimit(EventLoop loop, IEngineLog log, string what)
    {
        _loop = loop;
        _log = log;
        _what = what;
        _end = loop.At(Clock.Monotonic, TimerSource.Never, OnEnd, EventPriority.Idle);
    }

    public void Write(LogLevel level, string message)
    {
        if (!_end.IsArmed)
        {
            _end.Rearm(_loop.Now(Clock.Monotonic) + IntervalUsec);
        }

        if (++_count <= Burst)
        {
            _log.Write(level, unit: null, message);
        }
    }

    public void Dispose() => _end.Dispose();

    private void OnEnd()
    {
        if (_count > Burst)
        {
            _log.Write(LogLevel.Warning, unit: null, $"{_count - Burst} more messages about {_what} within {IntervalUsec / 1_000_000} s.");
        }

        _count = 0;
    }
}
