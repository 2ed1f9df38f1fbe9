using Trasgo.Engine.Jobs;
using static Trasgo.Engine.Jobs.UnitActiveState;
using static Trasgo.Engine.Units.Keep;

namespace Trasgo.Engine.Units;

/// <summary>What a service may hold on to while it is in a state; everything else is released when the state is entered.</summary>
[Flags]
internal enum Keep
{
    Nothing = 0,

    /// <summary>The state's deadline.</summary>
    Timer = 1,

    /// <summary>The main process and the main command that is being run.</summary>
    Main = 2,

    /// <summary>The control process and the control command that is being run.</summary>
    Control = 4,

    /// <summary>The watchdog's deadline.</summary>
    Watchdog = 8,

    /// <summary>The connection of an Accept=yes instance.</summary>
    Connection = 16,

    /// <summary>Every other process of the unit stays attributed to it.</summary>
    Processes = 32,
}

/// <summary>One row a state: how it looks from outside, and what it keeps.</summary>
internal readonly record struct ServiceFacts(string SubState, UnitActiveState ActiveState, Keep Keep)
{
    private const Keep Working = Keep.Timer | Main | Control | Connection | Processes;

    private static readonly ServiceFacts[] s_rows = Array.ConvertAll(Enum.GetValues<ServiceState>(), Row);

    public static ref readonly ServiceFacts Of(ServiceState state) => ref s_rows[(int)state];

    private static ServiceFacts Row(ServiceState state) => state switch
    {
        ServiceState.Dead => new("dead", Inactive, Nothing),
        ServiceState.Condition => new("condition", Activating, Keep.Timer | Control | Connection | Processes),
        ServiceState.StartPre => new("start-pre", Activating, Keep.Timer | Control | Connection | Processes),
        ServiceState.Start => new("start", Activating, Working),
        ServiceState.StartPost => new("start-post", Activating, Working | Watchdog),
        ServiceState.Running => new("running", Active, Keep.Timer | Main | Connection | Processes | Watchdog),
        ServiceState.Exited => new("exited", Active, Processes),
        ServiceState.Reload => new("reload", Reloading, Working | Watchdog),
        ServiceState.Stop => new("stop", Deactivating, Working),
        ServiceState.StopWatchdog => new("stop-watchdog", Deactivating, Working),
        ServiceState.StopSigterm => new("stop-sigterm", Deactivating, Working),
        ServiceState.StopSigkill => new("stop-sigkill", Deactivating, Working),
        ServiceState.StopPost => new("stop-post", Deactivating, Working),
        ServiceState.FinalWatchdog => new("final-watchdog", Deactivating, Working),
        ServiceState.FinalSigterm => new("final-sigterm", Deactivating, Working),
        ServiceState.FinalSigkill => new("final-sigkill", Deactivating, Working),
        ServiceState.Failed => new("failed", UnitActiveState.Failed, Nothing),
        ServiceState.AutoRestart => new("auto-restart", Activating, Keep.Timer),
        ServiceState.Cleaning => new("cleaning", Maintenance, Keep.Timer | Control | Processes),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    /// <summary>
    /// Type=idle counts as active from its first step, so that whoever is ordered after it does not wait for the delay
    /// that it imposes on itself (systemd.service(5), Type=idle).
    /// </summary>
    public static UnitActiveState ActiveStateOf(ServiceState state, bool idle) =>
        idle && state is (ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost)
            ? Active
            : Of(state).ActiveState;
}
