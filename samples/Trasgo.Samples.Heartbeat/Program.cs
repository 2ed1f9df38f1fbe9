// A daemon that does nothing but show that it is there: a message to syslog every few seconds, readiness, a watchdog that looks whether the loop still
// comes round, SIGHUP to start counting again.
using System.Runtime.InteropServices;
using Trasgo.Daemon;
using Trasgo.Samples.Heartbeat;

if (!HeartbeatOptions.TryParse(args, out var options, out string? error))
{
    Console.Error.WriteLine(error);
    return 2;
}

using var signals = new DaemonSignals();
using var log = new SyslogClient(new()
{
    Identity = options.Name,
    Facility = SyslogFacility.Daemon,
    Options = OpenLogOptions.ProcessId | OpenLogOptions.NoDelay | (options.Stderr ? OpenLogOptions.StandardError : OpenLogOptions.None),
    Endpoint = options.Endpoint,
});
var heart = new Heart(options.Interval);
signals.OnReload(heart.Reset);
try
{
    var manager = ServiceNotifier.FromEnvironment(unset: true);
    using var watchdog = Watchdog.Start(manager, () => heart.IsBeating);
    manager.Ready($"A beat every {options.Interval.TotalSeconds:0.###} s");
    log.Log(SyslogLevel.Notice, $"started, a beat every {options.Interval.TotalSeconds:0.###} s");
    do
    {
        log.Log(SyslogLevel.Informational, $"beat {heart.Beat()}");
        if (options.Hang && heart.Count > 2)
        {
            Thread.Sleep(Timeout.Infinite);
        }
    }
    while (!signals.WaitForStop(options.Interval));

    manager.Stopping();
    log.Log(SyslogLevel.Notice, $"stopped by {signals.StopSignal ?? PosixSignal.SIGTERM} after {heart.Count} beats, {log.LostMessages} of them unheard");
    return 0;
}
catch (DaemonException e)
{
    log.Log(SyslogLevel.Critical, $"{e.Message}");
    Console.Error.WriteLine("heartbeat: " + e.Message);
    return 1;
}
