using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>The low-level states of a timer unit.</summary>
internal enum TimerState
{
    Dead,

    /// <summary>A next elapse is known, or a change of the clock or the zone is waited for.</summary>
    Waiting,

    /// <summary>It has elapsed, and the other unit is up or about to be.</summary>
    Running,

    /// <summary>It does not elapse any more, unless the other unit is started or stopped by somebody else.</summary>
    Elapsed,
    Failed,
}

internal static class TimerStates
{
    public static string Name(this TimerState state) => state switch
    {
        TimerState.Dead => "dead",
        TimerState.Waiting => "waiting",
        TimerState.Running => "running",
        TimerState.Elapsed => "elapsed",
        TimerState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static UnitActiveState ActiveState(this TimerState state) => state switch
    {
        TimerState.Dead => UnitActiveState.Inactive,
        TimerState.Waiting or TimerState.Running or TimerState.Elapsed => UnitActiveState.Active,
        TimerState.Failed => UnitActiveState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
