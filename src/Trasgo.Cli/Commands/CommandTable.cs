using Trasgo.Cli.Commands.Analyze;
using Trasgo.Cli.Commands.Generator;
using Trasgo.Cli.Commands.Inetd;
using Trasgo.Cli.Commands.Run;
using Trasgo.Cli.Commands.Systemctl;
using Trasgo.Exec;

namespace Trasgo.Cli.Commands;

/// <summary>
/// The commands of the binary. Each is called as <c>trasgo NAME</c>, or through a link that bears one of its own names:
/// <c>systemctl</c>, <c>systemd-escape</c>. One without a summary is for our own use and in no list.
/// </summary>
internal sealed record Command(string Name, string[] LinkNames, string Summary, Func<CommandInvocation, int> Run);

internal static class CommandTable
{
    internal static readonly Command[] Commands =
    [
        new("init", ["init"], "be the service manager, as PID 1 of a machine or a container", ManagerCommand.Run),
        new("--system", [], "run the system's service manager as an ordinary process", ManagerCommand.Run),
        new("--user", [], "run the service manager of a user", ManagerCommand.Run),
        new("systemctl", ["systemctl"], "ask the manager about units, start, stop and enable them", SystemctlCommand.Run),
        new("run", ["systemd-run"], "run a command as a service, now or when its time comes", RunCommand.Run),
        new("escape", ["systemd-escape"], "turn strings into parts of unit names, and back", EscapeCommand.Run),
        new("notify", ["systemd-notify"], "tell the manager how a service is, from a script", NotifyCommand.Run),
        new("analyze", [], "read unit files and say what is wrong with them", AnalyzeCommand.Run),
        new("report", [], "list which directives of units have an effect", ReportCommand.Run),
        new("poweroff", ["poweroff"], "stop everything and switch the system off", PowerCommand.PowerOff),
        new("reboot", ["reboot"], "stop everything and start the system again", PowerCommand.Reboot),
        new("halt", ["halt"], "stop everything and halt the system", PowerCommand.Halt),
        new("generator", [], "", GeneratorCommand.Run),
        new("exec-rmrf", [], "", static invocation => RemovalHelper.Run(invocation.Arguments, invocation.Output.Error)),
        new("exec-chown", [], "", static invocation => OwnershipHelper.Run(invocation.Arguments, invocation.Output.Error)),
        new("inetd", ["inetd"], "start servers when somebody connects, as /etc/inetd.conf says", InetdCommand.Run),
        new("inetd-reload", [], "", ReloadCommand.Run),
        new("inetd-internal", [], "", InternalCommand.Run),
        new("inetd-front", [], "", FrontCommand.Run),
        new("cron-mail", [], "", CronMailCommand.Run),
        new("exec-nss", [], "", static invocation => NssHelper.Run(invocation.Arguments, invocation.Output.Out)),
    ];

    internal static Command? ByName(string name) => Array.Find(Commands, command => command.Name == name);

    internal static Command? ByLink(string name) =>
        Array.Find(Commands, command => Array.IndexOf(command.LinkNames, name) >= 0);
}
