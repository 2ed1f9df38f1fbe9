namespace Trasgo.Daemon;

public sealed partial class ServiceNotifier
{
    /// <summary>The service is alive: <c>WATCHDOG=1</c>. <see cref="Watchdog"/> sends it by itself.</summary>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool KeepAlive() => Notify("WATCHDOG=1");

    /// <summary>The service has found itself broken and wants what would happen if it had fallen silent: <c>WATCHDOG=trigger</c>.</summary>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool TriggerWatchdog() => Notify("WATCHDOG=trigger");

    /// <summary>
    /// Asks for another watchdog interval than that of <c>WatchdogSec=</c>: <c>WATCHDOG_USEC=</c>. The variable of this process stays as it was.
    /// </summary>
    /// <param name="time">Above zero, in steps of a microsecond.</param>
    /// <returns>False if there is no manager to tell.</returns>
    /// <exception cref="DaemonException">The datagram cannot be sent.</exception>
    public bool SetWatchdogInterval(TimeSpan time) => Notify(Microseconds("WATCHDOG_USEC=", time));
}
