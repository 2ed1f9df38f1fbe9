using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl list-jobs</c>, with what waits for what under --before and --after.</summary>
internal static class ListJobs
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var output = context.Output;
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.Call("ListJobs", "");
        if (!reply.Ok)
        {
            return output.Fail($"Failed to list jobs: {reply.Message}");
        }

        var jobs = Array.FindAll(reply[0].Items, job => IsWanted(arguments, job[1].Text));
        if (jobs.Length > 0)
        {
            PrintTable(context, bus, jobs);
        }
        else if (context.Options.ShowsLegend)
        {
            var skipped = reply[0].Items.Length > 0;
            output.WriteLine($"{output.Style.Green}No jobs {(skipped ? "listed" : "running")}.{output.Style.Normal}");
        }

        return ExitStatus.Success;
    }

    private static bool IsWanted(string[] arguments, string unit) =>
        arguments.Length == 1 || arguments.Skip(1).Any(pattern => Glob.Matches(pattern, unit));

    private static void PrintTable(SystemctlContext context, ManagerBus bus, BusValue[] jobs)
    {
        var (options, output) = (context.Options, context.Output);
        var table = new Table("job", "unit", "type", "state") { Header = options.ShowsLegend, Full = options.Full };
        foreach (var job in jobs)
        {
            var on = job[3].Text == "running" ? output.Style.Highlight : "";
            table.Add(Cell.Number(job[0].Unsigned), new Cell(job[1].Text, on), new Cell(job[2].Text), new Cell(job[3].Text, on));
            if (options.JobsAfter)
            {
                AddWaiting(context, bus, table, job, "GetJobAfter", "\tblocking job");
            }

            if (options.JobsBefore)
            {
                AddWaiting(context, bus, table, job, "GetJobBefore", "\twaiting for job");
            }
        }

        table.Print(output);
        if (options.ShowsLegend)
        {
            output.WriteLine($"\n{output.Style.Highlight}{jobs.Length} jobs listed{output.Style.Normal}.");
        }
    }

    private static void AddWaiting(
        SystemctlContext context, ManagerBus bus, Table table, BusValue job, string method, string prefix)
    {
        var none = Cell.None(context.Output.Style.Grey);
        foreach (var other in bus.Call(method, "u", (uint)job[0].Unsigned)[0].Items)
        {
            table.Add(
                new Cell(context.Output.Glyphs.TreeRight),
                new Cell($"{prefix} {other[0].Unsigned} ({other[1].Text}/{other[2].Text})"),
                none,
                none);
        }
    }
}
