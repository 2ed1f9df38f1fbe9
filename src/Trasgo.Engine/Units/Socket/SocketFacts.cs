using Trasgo.Engine.Jobs;
using static Trasgo.Engine.Jobs.UnitActiveState;
using static Trasgo.Engine.Units.SocketKeep;

namespace Trasgo.Engine.Units;

/// <summary>What a socket may hold on to while it is in a state; everything else is released when the state is entered.</summary>
[Flags]
internal enum SocketKeep
{
    Nothing = 0,

    /// <summary>The state's deadline, the control process, and the command that it runs.</summary>
    Control = 1,

    /// <summary>The open descriptors.</summary>
    Ports = 2,

    /// <summary>The manager waits for traffic on them; in every other state that is the service's business.</summary>
    Watch = 4,
}

/// <summary>One row a state: how it looks from outside, and what it keeps.</summary>
internal readonly record struct SocketFacts(string SubState, UnitActiveState ActiveState, SocketKeep Keep)
{
    public static SocketFacts Of(SocketState state) => state switch
    {
        SocketState.Dead => new("dead", Inactive, Nothing),
        SocketState.StartPre => new("start-pre", Activating, Control),
        SocketState.StartChown => new("start-chown", Activating, Control | Ports),
        SocketState.StartPost => new("start-post", Activating, Control | Ports),
        SocketState.Listening => new("listening", Active, Ports | Watch),
        SocketState.Running => new("running", Active, Ports),
        SocketState.StopPre => new("stop-pre", Deactivating, Control | Ports),
        SocketState.StopPreSigterm => new("stop-pre-sigterm", Deactivating, Control | Ports),
        SocketState.StopPreSigkill => new("stop-pre-sigkill", Deactivating, Control | Ports),
        SocketState.StopPost => new("stop-post", Deactivating, Control),
        SocketState.FinalSigterm => new("final-sigterm", Deactivating, Control),
        SocketState.FinalSigkill => new("final-sigkill", Deactivating, Control),
        SocketState.Failed => new("failed", UnitActiveState.Failed, Nothing),
        SocketState.Cleaning => new("cleaning", Maintenance, Control),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };
}
