using System.Globalization;

namespace Trasgo.Daemon;

/// <summary>
/// Keeps the service manager's watchdog content for as long as the service is well: <c>WatchdogSec=</c> of systemd.service(5), sd_watchdog_enabled(3). A
/// thread of its own asks a health check twice in each interval and sends <c>WATCHDOG=1</c> when the answer is yes. A check that says no,
/// throws or hangs lets the interval pass, and the manager does what <c>Restart=</c> says.
/// </summary>
public sealed class Watchdog : IDisposable
{
    private readonly ServiceNotifier _notifier;
    private readonly Func<bool> _isHealthy;
    private readonly TimeSpan _period;
    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;

    private Watchdog(ServiceNotifier notifier, TimeSpan interval, Func<bool> isHealthy)
    {
        _notifier = notifier;
        _isHealthy = isHealthy;
        _period = interval / 2;
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "watchdog" };
    }

    /// <summary>
    /// The interval in which the manager wants to hear from this process: <c>$WATCHDOG_USEC</c>, unless <c>$WATCHDOG_PID</c> names another process. Null if it
    /// does not wait for anything, and also if the variables hold no numbers.
    /// </summary>
    public static TimeSpan? Interval =>
        long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
        && microseconds is > 0 and <= long.MaxValue / TimeSpan.TicksPerMicrosecond
        && Environment.GetEnvironmentVariable("WATCHDOG_PID") is var process
        && (string.IsNullOrEmpty(process) || process == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;

    /// <summary>Starts to keep the watchdog of this process' manager content, if it has one.</summary>
    /// <param name="notifier">Whom to tell.</param>
    /// <param name="isHealthy">
    /// Is the service well? Called on the watchdog's thread twice in each interval, the first time at once. It should look at what does the
    /// work - has the loop come round, does the queue move - and not only return true.
    /// </param>
    /// <returns>The watchdog, which stops with <see cref="Dispose"/>; null if there is no manager or it does not wait for anything.</returns>
    public static Watchdog? Start(ServiceNotifier notifier, Func<bool> isHealthy)
    {
        ArgumentNullException.ThrowIfNull(notifier);
        ArgumentNullException.ThrowIfNull(isHealthy);
        return Interval is { } interval && notifier.IsAvailable ? Start(notifier, isHealthy, interval) : null;
    }

    /// <summary>Starts to send keep-alives for an interval that is known otherwise, as after <see cref="ServiceNotifier.SetWatchdogInterval"/>.</summary>
    /// <param name="notifier">Whom to tell.</param>
    /// <param name="isHealthy">Is the service well? See <see cref="Start(ServiceNotifier, Func{bool})"/>.</param>
    /// <param name="interval">The interval of the manager, from two milliseconds to 49 days; the check is made in halves of it.</param>
    /// <returns>The watchdog, which stops with <see cref="Dispose"/>.</returns>
    public static Watchdog Start(ServiceNotifier notifier, Func<bool> isHealthy, TimeSpan interval)
    {
        ArgumentNullException.ThrowIfNull(notifier);
        ArgumentNullException.ThrowIfNull(isHealthy);
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromMilliseconds(2));
        var longest = TimeSpan.FromMilliseconds(int.MaxValue);
        var watchdog = new Watchdog(notifier, interval / 2 > longest ? longest * 2 : interval, isHealthy);
        watchdog._thread.Start();
        return watchdog;
    }

    /// <summary>Stops the keep-alives. A check that is running is not waited for.</summary>
    public void Dispose() => _end.Set();

    private void Run()
    {
        do
        {
            if (Ask())
            {
                Tell();
            }
        }
        while (!_end.Wait(_period));
    }

    /// <summary>A check that throws has not found the service well; what it threw would end the process before the manager has its say.</summary>
    private bool Ask()
    {
        try
        {
            return _isHealthy();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return false;
        }
    }

    private void Tell()
    {
        try
        {
            _notifier.KeepAlive();
        }
        catch (DaemonException)
        {
            // The manager is being restarted, or its queue is full: the next keep-alive is half an interval away.
        }
    }
}
