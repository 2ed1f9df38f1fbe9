namespace Trasgo.Daemon.Probe;

/// <summary>notify: what a service says in its life, for a manager to hear.</summary>
internal static class NotifyCommand
{
    public static int Run(string[] arguments)
    {
        var notifier = ServiceNotifier.FromEnvironment();
        using var signals = new DaemonSignals();
        if (arguments is ["states"])
        {
            Console.WriteLine($"available={notifier.IsAvailable} ready={notifier.Ready("up")} watchdog={Watchdog.Interval?.TotalMilliseconds}");
            return 0;
        }

        string health = arguments[0];
        using var watchdog = Watchdog.Start(notifier, () => !File.Exists(health));
        signals.OnReload(() =>
        {
            notifier.Reloading("reading again");
            notifier.Ready("read again");
        });
        notifier.Ready("serving");
        signals.WaitForStop();
        notifier.Stopping("leaving");
        return 0;
    }
}
