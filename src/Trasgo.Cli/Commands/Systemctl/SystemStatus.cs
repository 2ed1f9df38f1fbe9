using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl status</c> without a unit: the manager and all it runs.</summary>
internal static class SystemStatus
{
    internal static int Print(SystemctlContext context, ManagerBus bus)
    {
        var output = context.Output;
        var reply = bus.GetAll(ManagerBus.ManagerPath);
        if (!reply.Ok)
        {
            return output.Fail($"Failed to read server status: {reply.Message}");
        }

        var manager = new PropertyBag(reply[0]);
        var style = output.Style;
        var state = manager.Text("SystemState");
        var on = state switch
        {
            "degraded" => style.Red,
            "running" => style.Green,
            _ => style.Yellow,
        };
        var since = manager.Number("UserspaceTimestamp");
        var timestamp = TimestampText.Format(since, context.Options.Timestamp);
        output.WriteLine($"{on}{output.Glyphs.BlackCircle}{style.Normal} {Environment.MachineName}");
        output.WriteLine($"    State: {on}{state}{style.Normal}");
        output.WriteLine($"    Units: {manager.Number("NNames")} loaded (incl. loaded aliases)");
        output.WriteLine($"     Jobs: {manager.Number("NJobs")} queued");
        output.WriteLine($"   Failed: {manager.Number("NFailedUnits")} units");
        output.WriteLine($"    Since: {timestamp}; {TimestampText.FormatRelative(since, TimestampText.Now())}");
        output.WriteLine($"  systemd: {manager.Text("Version")}");
        if (manager.Text("Tainted") is { Length: > 0 } tainted)
        {
            output.WriteLine($"  Tainted: {style.Yellow}{tainted}{style.Normal}");
        }

        return PrintProcesses(context, bus, manager.Text("ControlGroup"));
    }

    private static int PrintProcesses(SystemctlContext context, ManagerBus bus, string group)
    {
        context.Output.WriteLine($"   CGroup: {(group.Length == 0 ? "/" : group)}");
        var reply = bus.Call("GetUnitProcesses", "s", "-.slice");
        if (reply.Ok)
        {
            new ProcessTree(context, reply[0]).Print(group, "           ");
        }
        else
        {
            context.Output.Warning(
                $"Failed to dump process list for '{Environment.MachineName}', ignoring: {reply.Message}");
        }

        return ExitStatus.Success;
    }
}
