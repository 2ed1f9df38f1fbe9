using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl list-timers</c>, by the time of their next elapse.</summary>
internal static class ListTimers
{
    private const string TimerInterface = "org.freedesktop.systemd1.Timer";

    private sealed record Row(string Unit, ulong Next, ulong Last, string[] Triggers);

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus)
            || TypedUnits.Find(context, bus, arguments[1..], UnitType.Timer) is not { } units)
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

            var monotonic = bus.GetProperty(unit.UnitPath, TimerInterface, "NextElapseUSecMonotonic");
            var realtime = bus.GetProperty(unit.UnitPath, TimerInterface, "NextElapseUSecRealtime");
            if (!monotonic.Ok || !realtime.Ok)
            {
                return context.Output.Fail($"Failed to get next elapse time: {(monotonic.Ok ? realtime : monotonic).Message}");
            }

            var last = bus.GetProperty(unit.UnitPath, TimerInterface, "LastTriggerUSec");
            var next = NextElapse(realtime[0][0].Unsigned, monotonic[0][0].Unsigned);
            rows.Add(new Row(unit.Id, next, last.Ok ? last[0][0].Unsigned : 0, triggers));
        }

        rows.Sort(static (a, b) => a.Next.CompareTo(b.Next) is var byTime and not 0
            ? byTime
            : string.CompareOrdinal(a.Unit, b.Unit));
        Print(context, rows);
        return ExitStatus.Success;
    }

    /// <summary>The sooner of the two clocks' next elapses, as wall-clock time.</summary>
    internal static ulong NextElapse(ulong realtime, ulong monotonic)
    {
        if (!TimestampText.IsSet(monotonic))
        {
            return realtime;
        }

        // Unsigned wrap-around is meant: what has passed on the monotonic clock lies before now.
        var converted = unchecked(TimestampText.Now() + monotonic - SystemTime.Instance.Now(Clock.Monotonic));
        return TimestampText.IsSet(realtime) ? Math.Min(converted, realtime) : converted;
    }

    private static void Print(SystemctlContext context, List<Row> rows)
    {
        var options = context.Options;
        var now = TimestampText.Now();
        var table = new Table("next", "left", "last", "passed", "unit", "activates")
        {
            Header = options.ShowsLegend,
            Full = options.Full,
        };
        foreach (var row in rows)
        {
            table.Add(
                Cell.Time(row.Next, TimestampText.Format(row.Next)),
                Cell.Time(row.Next, TimestampText.FormatRelative(row.Next, now)),
                Cell.Time(row.Last, TimestampText.Format(row.Last)),
                Cell.Time(row.Last, TimestampText.FormatRelative(row.Last, now)),
                new Cell(row.Unit),
                new Cell(string.Join(", ", row.Triggers)));
        }

        table.PrintAs(context);
        TablePrinting.PrintListed(context, "timer", rows.Count);
    }
}
