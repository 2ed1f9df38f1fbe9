namespace Trasgo.Engine.Units;

/// <summary>The low-level states of a service, in the order of systemd's SubState names.</summary>
internal enum ServiceState
{
    Dead,
    Condition,
    StartPre,
    Start,
    StartPost,
    Running,
    Exited,
    Reload,
    Stop,
    StopWatchdog,
    StopSigterm,
    StopSigkill,
    StopPost,
    FinalWatchdog,
    FinalSigterm,
    FinalSigkill,
    Failed,
    AutoRestart,
    Cleaning,
}
