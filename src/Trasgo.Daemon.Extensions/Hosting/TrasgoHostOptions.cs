namespace Trasgo.Daemon.Extensions;

/// <summary>How an application behaves as a daemon. The options are read once, when the host starts.</summary>
public sealed class TrasgoHostOptions
{
    /// <summary>One line for people that is sent with readiness (STATUS= of sd_notify(3)). Default: null, none.</summary>
    public string? ReadyStatus { get; set; }

    /// <summary>
    /// Whether the service is well. It is asked on a thread of its own twice in each watchdog interval (<c>WatchdogSec=</c> of systemd.service(5)), and the
    /// manager hears of the service only if the answer is yes. Null, the default, means: no health check of the application
    /// (<c>AddHealthChecks()</c>) says Unhealthy; and in any case the thread pool still runs what it is given within half an interval.
    /// </summary>
    public Func<bool>? IsHealthy { get; set; }

    /// <summary>
    /// How long <see cref="IReloadable.ReloadAsync"/> may take in all before it is logged that it takes long; above zero. The
    /// reload itself goes on. Default: 30 s.
    /// </summary>
    public TimeSpan SlowReload { get; set; } = TimeSpan.FromSeconds(30);
}
