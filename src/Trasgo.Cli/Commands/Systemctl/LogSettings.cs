using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>log-level and log-target, of the manager. Those of a service need a system bus and are refused.</summary>
internal static class LogSettings
{
    private const string LogPath = "/org/freedesktop/LogControl1";
    private const string LogInterface = "org.freedesktop.LogControl1";

    private static readonly string[] s_levels = ["emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"];

    internal static int Level(SystemctlContext context, string[] arguments)
    {
        if (arguments.Length > 1 && Array.IndexOf(s_levels, arguments[1]) < 0
            && !(int.TryParse(arguments[1], out var number) && number is >= 0 and <= 7))
        {
            return context.Output.Fail($"\"{arguments[1]}\" is not a valid log level.");
        }

        return Run(context, "level", "LogLevel", arguments);
    }

    internal static int Target(SystemctlContext context, string[] arguments) => Run(context, "target", "LogTarget", arguments);

    internal static int OfService(SystemctlContext context, string[] arguments) => context.Output.Fail(
        $"{arguments[0]} needs the system message bus, which this command does not use.");

    private static int Run(SystemctlContext context, string what, string property, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        if (arguments.Length > 1)
        {
            return bus.SetProperty(LogPath, LogInterface, property, "s", arguments[1]) is { Ok: false } failure
                ? context.Output.Fail(
                    $"Failed to set log {what} of {ManagerBus.Destination} to {arguments[1]}: {failure.Message}")
                : ExitStatus.Success;
        }

        var reply = bus.GetProperty(LogPath, LogInterface, property);
        if (!reply.Ok)
        {
            return context.Output.Fail($"Failed to get log {what} of {ManagerBus.Destination}: {reply.Message}");
        }

        context.Output.WriteLine(reply[0][0].Text);
        return ExitStatus.Success;
    }
}
