using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl list-sockets</c>: a row for each address that is listened on. Where units were generated of lines of a file, a column that
/// systemd does not have says which.
/// </summary>
internal static class ListSockets
{
    private sealed record Row(string Address, string Type, string Unit, string[] Triggers, string Source);

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus)
            || TypedUnits.Find(context, bus, arguments[1..], UnitType.Socket) is not { } units)
        {
            return ExitStatus.Failure;
        }

        var rows = new List<Row>();
        foreach (var unit in units)
        {
            if (TypedUnits.Triggers(context, bus, unit) is not { } triggers)
            {
                return ExitStatus.Failure;
            }

            var reply = bus.GetProperty(unit.UnitPath, "org.freedesktop.systemd1.Socket", "Listen");
            if (!reply.Ok)
            {
                return context.Output.Fail($"Failed to get list of listening sockets: {reply.Message}");
            }

            var source = Source(bus, unit);
            rows.AddRange(reply[0][0].Items.Select(listen => new Row(listen[1].Text, listen[0].Text, unit.Id, triggers, source)));
        }

        rows.Sort(static (a, b) => string.CompareOrdinal(a.Address, b.Address) is var byAddress and not 0
            ? byAddress
            : string.CompareOrdinal(a.Type, b.Type));
        Print(context, rows);
        return ExitStatus.Success;
    }

    /// <summary>What the description ends in, "(FILE:LINE)", if that is the file the unit was made of.</summary>
    private static string Source(ManagerBus bus, UnitInfo unit)
    {
        var open = unit.Description.LastIndexOf('(');
        var colon = unit.Description.LastIndexOf(':');
        return unit.Description.EndsWith(')') && open >= 0 && colon > open
            && bus.GetProperty(unit.UnitPath, ManagerBus.UnitInterface, "SourcePath") is { Ok: true } reply
            && reply[0][0].Text == unit.Description[(open + 1)..colon]
            ? unit.Description[(open + 1)..^1]
            : "";
    }

    private static void Print(SystemctlContext context, List<Row> rows)
    {
        var options = context.Options;
        var table = new Table("listen", "type", "unit", "activates", "source") { Header = options.ShowsLegend, Full = options.Full };
        foreach (var row in rows)
        {
            var activates = row.Triggers.Length == 0
                ? Cell.None(context.Output.Style.Grey)
                : new Cell(string.Join(' ', row.Triggers));
            table.Add(new Cell(row.Address), new Cell(row.Type), new Cell(row.Unit), activates, new Cell(row.Source));
        }

        if (rows.TrueForAll(static row => row.Source.Length == 0))
        {
            table.Hide(4);
        }

        if (!options.ShowTypes)
        {
            table.Hide(1);
        }

        table.PrintAs(context);
        TablePrinting.PrintListed(context, "socket", rows.Count);
    }
}
