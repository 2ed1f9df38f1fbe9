namespace Trasgo.Linux;

/// <summary>The clocks deadlines are counted on; the values are the kernel's clock numbers.</summary>
internal enum Clock
{
    Realtime = 0,
    Monotonic = 1,
    Boottime = 7,

    /// <summary>As the clocks without the word, but their timers wake a suspended system (CAP_WAKE_ALARM, and a hardware clock that can).</summary>
    RealtimeAlarm = 8,
    BoottimeAlarm = 9,
}

/// <summary>Where the loop reads the time, in microseconds. The machine's clocks, or a test's.</summary>
internal interface ITimeSource
{
    ulong Now(Clock clock);
}

/// <summary>The kernel's clocks.</summary>
internal sealed class SystemTime : ITimeSource
{
    public static SystemTime Instance { get; } = new();

    public unsafe ulong Now(Clock clock)
    {
        TimeSpecification value;
        LastError.Of(Libc.clock_gettime((int)clock, &value)).OrThrow("clock_gettime");
        return value.ToMicroseconds();
    }
}
