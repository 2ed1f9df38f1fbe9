namespace Trasgo.Linux;

/// <summary>Called when somebody set the wall clock: whoever computed a calendar time from it computes it anew.</summary>
internal sealed class ClockJumpSource(EventLoop loop, Action handler, int priority) : EventSource(loop, priority)
{
    internal override void Dispatch() => handler();

    protected override void Unsubscribe() => Loop.RemoveClockJump(this);
}
