namespace Trasgo.Engine.Units;

/// <summary>The low-level states of a socket, in the order of systemd's SubState names.</summary>
internal enum SocketState
{
    Dead,
    StartPre,
    StartChown,
    StartPost,
    Listening,
    Running,
    StopPre,
    StopPreSigterm,
    StopPreSigkill,
    StopPost,
    FinalSigterm,
    FinalSigkill,
    Failed,
    Cleaning,
}
