namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The exit statuses that the LSB gives to init scripts, and which bus errors lead to them.</summary>
internal static class ExitStatus
{
    internal const int Success = 0;
    internal const int Failure = 1;
    internal const int NotImplemented = 3;
    internal const int NoPermission = 4;
    internal const int NotInstalled = 5;
    internal const int NotConfigured = 6;

    // For status and is-active.
    internal const int ProgramDead = 1;
    internal const int ProgramNotRunning = 3;
    internal const int ProgramUnknown = 4;

    internal static int OfBusError(string name) => name switch
    {
        "org.freedesktop.DBus.Error.AccessDenied" or
        "org.freedesktop.systemd1.OnlyByDependency" or
        "org.freedesktop.systemd1.NoIsolation" or
        "org.freedesktop.systemd1.TransactionIsDestructive" => NoPermission,
        "org.freedesktop.systemd1.NoSuchUnit" => NotInstalled,
        "org.freedesktop.systemd1.JobTypeNotApplicable" or
        "org.freedesktop.DBus.Error.NotSupported" => NotImplemented,
        "org.freedesktop.systemd1.LoadFailed" => NotConfigured,
        _ => Failure,
    };
}
