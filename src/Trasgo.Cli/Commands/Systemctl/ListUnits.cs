using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl list-units</c>, which is also what systemctl does when no verb is given.</summary>
internal static class ListUnits
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        string[] patterns = context.Options.WithDependencies
            ? [.. UnitDependencies.With(context, bus, arguments[1..])]
            : arguments[1..];
        if (UnitQueries.List(context, bus, patterns) is not { } units)
        {
            return ExitStatus.Failure;
        }

        units.Sort(UnitInfo.Compare);
        var jobs = units.Count(static unit => unit.JobId != 0);
        ToTable(context, units, jobs > 0).PrintAs(context);
        if (context.Options.ShowsLegend)
        {
            PrintLegend(context, units.Count, jobs);
        }

        return ExitStatus.Success;
    }

    private static Table ToTable(SystemctlContext context, List<UnitInfo> units, bool anyJob)
    {
        var (options, output) = (context.Options, context.Output);
        var table = new Table("", "unit", "load", "active", "sub", "job", "description")
        {
            Header = options.ShowsLegend,
            Full = options.Full,
        };
        for (var index = 0; index < units.Count; index++)
        {
            // A line between the types, drawn by underlining the last row of each.
            var underlined = index + 1 < units.Count && units[index].TypeName != units[index + 1].TypeName;
            table.Add(Row(options, output, units[index], underlined));
        }

        if (options.Plain)
        {
            table.Hide(0);
        }

        if (!anyJob)
        {
            table.Hide(5);
        }

        return table;
    }

    private static Cell[] Row(SystemctlOptions options, CommandOutput output, UnitInfo unit, bool underlined)
    {
        var style = output.Style;
        var plain = underlined ? style.Underline : "";
        var red = underlined ? style.RedUnderline : style.Red;
        var (circle, loaded, active) = (plain, plain, plain);
        var marked = false;
        if (!options.Plain && unit.LoadState is ("error" or "not-found" or "bad-setting" or "masked"))
        {
            (marked, circle, loaded, active) = (true, underlined ? style.YellowUnderline : style.Yellow, red, "");
        }
        else if (!options.Plain && unit.ActiveState == "failed")
        {
            (marked, circle, loaded, active) = (true, red, "", red);
        }

        return
        [
            Cell.Both(marked ? output.Glyphs.BlackCircle : " ", circle),
            Cell.Both(unit.Id, active),
            Cell.Both(unit.LoadState, loaded),
            Cell.Both(unit.ActiveState, active),
            Cell.Both(unit.SubState, active),
            Cell.Both(unit.JobId != 0 ? unit.JobType : "", plain),
            Cell.Both(unit.Description, plain),
        ];
    }

    private static void PrintLegend(SystemctlContext context, int count, int jobs)
    {
        var (options, output) = (context.Options, context.Output);
        var style = output.Style;
        if (count > 0)
        {
            output.WriteLine(
                "\nLOAD   = Reflects whether the unit definition was properly loaded.\n"
                + "ACTIVE = The high-level unit activation state, i.e. generalization of SUB.\n"
                + "SUB    = The low-level unit activation state, values depend on unit type.");
            if (jobs > 0)
            {
                output.WriteLine("JOB    = Pending job for the unit.\n");
            }
        }

        var on = count > 0 ? style.Highlight : style.Red;
        var listed = $"{on}{count} loaded units listed.{style.Normal}";
        var hint = $"{style.Grey}To show all installed unit files use 'systemctl list-unit-files'.{style.Normal}";
        if (options.All || options.States.Contains("inactive"))
        {
            output.WriteLine($"{listed}\n{hint}");
        }
        else if (options.States.Count == 0)
        {
            output.WriteLine(
                $"{listed} {style.Grey}Pass --all to see loaded but inactive units, too.{style.Normal}\n{hint}");
        }
        else
        {
            output.WriteLine($"{count} loaded units listed.");
        }
    }
}
