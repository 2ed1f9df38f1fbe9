namespace Trasgo.Linux;

/// <summary>
/// Something the loop calls back for. A source is created subscribed, becomes pending when the kernel or the clock says so, is dispatched
/// once for that, and ends with Dispose, which is allowed at any time, also from any handler: a disposed source is never called again.
/// </summary>
internal abstract class EventSource(EventLoop loop, int priority) : IDisposable
{
    public EventLoop Loop { get; } = loop;

    /// <summary>Lower runs first.</summary>
    public int Priority { get; } = priority;

    public bool IsDisposed { get; private set; }

    /// <summary>Place in the loop's queue of pending sources, -1 outside it.</summary>
    internal int QueueIndex { get; set; } = -1;

    /// <summary>Keeps sources of the same priority in the order in which they became pending.</summary>
    internal long QueueOrder { get; set; }

    /// <summary>The loop's round in which the source ran last: it runs once a round.</summary>
    internal long LastRound { get; set; } = -1;

    public void Dispose()
    {
        if (!IsDisposed)
        {
            IsDisposed = true;
            Loop.Forget(this);
            Unsubscribe();
        }
    }

    internal abstract void Dispatch();

    protected abstract void Unsubscribe();
}
