using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl list-automounts</c>, by path.</summary>
internal static class ListAutomounts
{
    private const string AutomountInterface = "org.freedesktop.systemd1.Automount";

    private sealed record Row(string What, string Where, bool Mounted, ulong IdleTimeout, string Unit);

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus)
            || TypedUnits.Find(context, bus, arguments[1..], UnitType.Automount) is not { } units)
        {
            return ExitStatus.Failure;
        }

        var rows = new List<Row>();
        foreach (var unit in units)
        {
            var where = bus.GetProperty(unit.UnitPath, AutomountInterface, "Where");
            if (!where.Ok)
            {
                return context.Output.Fail($"Failed to get automount target: {where.Message}");
            }

            var path = where[0][0].Text;
            var mount = ManagerBus.UnitPath(UnitName.FromPath(path, UnitType.Mount)?.Text ?? "-.mount");
            var what = bus.GetProperty(mount, "org.freedesktop.systemd1.Mount", "What");
            var state = bus.GetProperty(mount, ManagerBus.UnitInterface, "ActiveState");
            var timeout = bus.GetProperty(unit.UnitPath, AutomountInterface, "TimeoutIdleUSec");
            if (!what.Ok)
            {
                return context.Output.Fail($"Failed to get mount source: {what.Message}");
            }

            rows.Add(new Row(what[0][0].Text, path, state[0][0].Text == "active", timeout[0][0].Unsigned, unit.Id));
        }

        rows.Sort(static (a, b) => string.CompareOrdinal(a.Where, b.Where));
        Print(context, rows);
        return ExitStatus.Success;
    }

    private static void Print(SystemctlContext context, List<Row> rows)
    {
        var options = context.Options;
        var table = new Table("what", "where", "mounted", "idle timeout", "unit")
        {
            Header = options.ShowsLegend,
            Full = options.Full,
        };
        foreach (var row in rows)
        {
            var timeout = TimeSpans.Format(row.IdleTimeout, TimeSpanText.Millisecond);
            table.Add(
                new Cell(row.What), new Cell(row.Where), Cell.Boolean(row.Mounted), Cell.Time(row.IdleTimeout, timeout),
                new Cell(row.Unit));
        }

        table.PrintAs(context);
        TablePrinting.PrintListed(context, "automount", rows.Count);
    }
}
