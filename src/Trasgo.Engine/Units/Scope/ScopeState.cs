using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.Units;

/// <summary>The low-level states of a scope.</summary>
internal enum ScopeState
{
    Dead,
    Running,

    /// <summary>Whoever made it has no interest in it any more: what is left in it is ours alone.</summary>
    Abandoned,
    StopSigterm,
    StopSigkill,
    Failed,
}

internal static class ScopeStates
{
    public static string Name(this ScopeState state) => state switch
    {
        ScopeState.Dead => "dead",
        ScopeState.Running => "running",
        ScopeState.Abandoned => "abandoned",
        ScopeState.StopSigterm => "stop-sigterm",
        ScopeState.StopSigkill => "stop-sigkill",
        ScopeState.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    public static UnitActiveState ActiveState(this ScopeState state) => state switch
    {
        ScopeState.Dead => UnitActiveState.Inactive,
        ScopeState.Running or ScopeState.Abandoned => UnitActiveState.Active,
        ScopeState.StopSigterm or ScopeState.StopSigkill => UnitActiveState.Deactivating,
        ScopeState.Failed => UnitActiveState.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>There may be processes, whose end is waited for.</summary>
    public static bool HasProcesses(this ScopeState state) =>
        state is ScopeState.Running or ScopeState.Abandoned or ScopeState.StopSigterm or ScopeState.StopSigkill;
}
