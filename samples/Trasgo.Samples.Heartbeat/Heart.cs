namespace Trasgo.Samples.Heartbeat;

/// <summary>Counts beats, and knows whether the last one is too long ago.</summary>
internal sealed class Heart(TimeSpan interval)
{
    private long _last = Environment.TickCount64;
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>For the watchdog, which asks on a thread of its own: has the loop come round within three intervals?</summary>
    public bool IsBeating => Environment.TickCount64 - Volatile.Read(ref _last) <= (3 * interval.TotalMilliseconds) + 100;

    public int Beat()
    {
        Volatile.Write(ref _last, Environment.TickCount64);
        return Interlocked.Increment(ref _count);
    }

    public void Reset() => Volatile.Write(ref _count, 0);
}
