// The program that the tests of Trasgo.Daemon start: one command a subject. Errors end it as they would end a daemon: one line and status 1.
using Trasgo.Daemon;
using Trasgo.Daemon.Probe;

try
{
    return args switch
    {
        ["daemon", .. var rest] => DaemonCommand.Run(rest),
        ["hold", var path] => HoldCommand.Run(path),
        ["become", .. var rest] => BecomeCommand.Run(rest),
        ["signals", ..] => SignalsCommand.Run(),
        ["listen", .. var rest] => ListenCommand.Run(rest),
        ["inetd", ..] => InetdCommand.Run(),
        ["serve", var kind, .. var rest] => ServeCommand.Run(kind, rest),
        ["syslog", var options, .. var rest] => SyslogCommand.Run(options, rest),
        ["notify", .. var rest] => NotifyCommand.Run(rest),
        _ => throw new ArgumentException("unknown command"),
    };
}
catch (AlreadyRunningException e)
{
    Console.Error.WriteLine($"probe: {e.Message}");
    return 75;
}
catch (Exception e) when (e is DaemonException or ArgumentException)
{
    Console.Error.WriteLine($"probe: {e.Message}");
    return 1;
}
