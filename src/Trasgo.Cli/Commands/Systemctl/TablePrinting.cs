using Trasgo.Cli.Output;

namespace Trasgo.Cli.Commands.Systemctl;

internal static class TablePrinting
{
    /// <summary>As a table, or as JSON where --output= asks for it.</summary>
    internal static void PrintAs(this Table table, SystemctlContext context)
    {
        if (context.Options.Output.IsJson())
        {
            table.PrintJson(context.Output, pretty: context.Options.Output == OutputMode.JsonPretty);
        }
        else
        {
            table.Print(context.Output);
        }
    }

    /// <summary>The last lines of list-sockets, list-timers and list-automounts.</summary>
    internal static void PrintListed(SystemctlContext context, string type, int count)
    {
        if (!context.Options.ShowsLegend)
        {
            return;
        }

        var (output, style) = (context.Output, context.Output.Style);
        output.WriteLine($"\n{(count > 0 ? style.Highlight : style.Red)}{count} {type}s listed.{style.Normal}");
        if (!context.Options.All)
        {
            output.WriteLine($"Pass --all to see loaded but inactive {type}s, too.");
        }
    }
}
