namespace Trasgo.UnitFiles.Directives;

/// <summary>When a service is started again by itself, Restart=.</summary>
internal enum RestartPolicy
{
    No,
    OnSuccess,
    OnFailure,
    OnAbnormal,
    OnWatchdog,
    OnAbort,
    Always,
}
