namespace Trasgo.Daemon;

/// <summary>Whose notifications the service manager takes: <c>NotifyAccess=</c> of systemd.service(5).</summary>
public enum NotifyAccess
{
    /// <summary>Nobody's.</summary>
    None,

    /// <summary>Those of the main process.</summary>
    Main,

    /// <summary>Those of the main process and of the processes of <c>ExecStartPre=</c>, <c>ExecStop=</c> and the like.</summary>
    Exec,

    /// <summary>Those of every process of the service.</summary>
    All,
}
