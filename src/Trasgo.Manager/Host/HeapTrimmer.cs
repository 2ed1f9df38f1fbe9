using System.Runtime;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Gives the memory of a burst of work back to the system. A manager works in bursts - booting, a reload, five hundred
/// services at once - and then sleeps for hours; the collector by itself would keep what a burst took until the next one.
/// </summary>
/// <remarks>
/// Once work has left <see cref="WorthwhileBytes"/> or more of new objects behind and then nothing has happened for <see cref="QuietUsec"/>,
/// the heap is compacted once. An idle manager is not woken: the timer is armed by work only.
/// </remarks>
internal sealed class HeapTrimmer : IDisposable
{
    private const long WorthwhileBytes = 512 * 1024;
    private const ulong QuietUsec = 250_000;

    private readonly EventLoop _loop;
    private readonly TimerSource _timer;
    private long _atLastTrim;
    private long _atLastLook;

    public HeapTrimmer(EventLoop loop)
    {
        _loop = loop;
        _atLastTrim = Allocated();
        _timer = loop.At(Clock.Monotonic, TimerSource.Never, OnQuiet, EventPriority.Idle);
    }

    /// <summary>Told before the heap is compacted: what is only kept until somebody comes by can be let go of.</summary>
    public Action Trimming { get; set; } = static () => { };

    /// <summary>How often the heap was compacted.</summary>
    public int Trims { get; private set; }

    /// <summary>To be called after work was done; cheap.</summary>
    public void OnWork()
    {
        if (!_timer.IsArmed && Allocated() - _atLastTrim >= WorthwhileBytes)
        {
            Wait();
        }
    }

    public void Dispose() => _timer.Dispose();

    private static long Allocated() => GC.GetAllocatedBytesForCurrentThread();

    private void Wait()
    {
        _atLastLook = Allocated();
        _timer.Rearm(_loop.Now(Clock.Monotonic) + QuietUsec);
    }

    private void OnQuiet()
    {
        if (Allocated() - _atLastLook >= WorthwhileBytes)
        {
            // Still at it.
            Wait();
            return;
        }

        Trimming();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        NativeHeap.Trim();
        _atLastTrim = Allocated();
        Trims++;
    }
}
