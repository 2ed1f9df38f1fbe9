using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>One moment on both clocks, in microseconds; zero where it never came.</summary>
internal readonly record struct DualTimestamp(ulong Realtime, ulong Monotonic)
{
    public bool IsSet => Realtime != 0 || Monotonic != 0;

    public static DualTimestamp Now(EventLoop loop) => new(loop.ReadClock(Clock.Realtime), loop.ReadClock(Clock.Monotonic));
}
