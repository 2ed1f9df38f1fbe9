namespace Trasgo.Linux;

/// <summary>
/// Work for later in this round, or for the next one when it has run in this round already: <see cref="Schedule"/> as often as you like,
/// it runs once. The way to leave a handler without recursion.
/// </summary>
internal sealed class DeferSource : EventSource
{
    private readonly Action _handler;

    internal DeferSource(EventLoop loop, Action handler, int priority)
        : base(loop, priority)
    {
        _handler = handler;
    }

    public bool IsScheduled => QueueIndex >= 0;

    public void Schedule()
    {
        if (!IsDisposed)
        {
            Loop.MakePending(this);
        }
    }

    public void Cancel() => Loop.Forget(this);

    internal override void Dispatch() => _handler();

    protected override void Unsubscribe()
    {
    }
}
