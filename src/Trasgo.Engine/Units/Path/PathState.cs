using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>The low-level states of a path unit.</summary>
internal enum PathState
{
    Dead,

    /// <summary>The paths are watched, and nothing has happened yet.</summary>
    Waiting,

    /// <summary>The other unit is up, or about to be; nothing is watched until it is down again.</summary>
    Running,
    Failed,
}

internal static class PathStates
{
    public static string Name(this PathState state) => state switch
    {
        PathState.Dead => "dead",
        PathState.Waiting => "waiting",
        PathState.Running => "running",
        PathState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static UnitActiveState ActiveState(this PathState state) => state switch
    {
        PathState.Dead => UnitActiveState.Inactive,
        PathState.Waiting or PathState.Running => UnitActiveState.Active,
        PathState.Failed => UnitActiveState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
