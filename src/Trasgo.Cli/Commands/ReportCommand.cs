using Trasgo.Cli.CommandLine;
using Trasgo.Cli.Output;
using Trasgo.Cli.Units;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Cli.Commands;

/// <summary>
/// <c>trasgo report [UNIT...]</c>, the enforcement report: what this version makes of each directive that a unit's files set.
/// Nobody should have to find out in production that a line had no effect.
/// </summary>
internal static class ReportCommand
{
    private const int VersionOption = 0x100;
    private const int RootOption = 0x101;
    private const int UserOption = 0x102;
    private const int NoLegendOption = 0x103;

    private static readonly LongOption[] s_options =
    [
        new("help", OptionArgument.None, 'h'),
        new("version", OptionArgument.None, VersionOption),
        new("all", OptionArgument.None, 'a'),
        new("root", OptionArgument.Required, RootOption),
        new("user", OptionArgument.None, UserOption),
        new("no-legend", OptionArgument.None, NoLegendOption),
    ];

    internal static int Run(CommandInvocation invocation)
    {
        var output = invocation.Output;
        var reader = new OptionReader(invocation.Program, invocation.Arguments, "ha", s_options, output.Error);
        var (root, user, all, legend) = ((string?)null, false, false, true);
        while (reader.Next() is not OptionReader.End and var option)
        {
            switch (option)
            {
                case 'h':
                    return PrintHelp(invocation.Program, output);
                case 'a':
                    all = true;
                    break;
                case VersionOption:
                    return VersionText.Print(output);
                case RootOption:
                    root = reader.Argument;
                    break;
                case UserOption:
                    user = true;
                    break;
                case NoLegendOption:
                    legend = false;
                    break;
                default:
                    return 1;
            }
        }

        var units = new UnitReader(user, root);
        var named = reader.Operands.Length > 0;
        var controllers = root is null ? new HostControllers() : null;
        return Print(units, named ? reader.Operands : units.AllNames(), named, all || named, legend, controllers, output);
    }

    private static int Print(
        UnitReader units, IEnumerable<string> names, bool named, bool all, bool legend, HostControllers? controllers, CommandOutput output)
    {
        var table = new Table("unit", "directive", "state", "reason", "where") { Header = legend };
        var (status, counts) = (0, new int[4]);
        foreach (var name in names)
        {
            if (units.Read(name) is not { } unit)
            {
                status = named ? output.Fail($"{name}: there is no such unit.") : status;
                continue;
            }

            foreach (var directive in unit.Directives)
            {
                var state = Add(table, unit, directive, all, controllers, output.Style);
                counts[state]++;
            }
        }

        table.Print(output);
        if (legend)
        {
            output.WriteLine(
                $"\n{counts[0]} enforced, {counts[1]} emulated, {counts[2]} ignored, {counts[3]} unknown."
                + (all ? "" : " Pass --all to see what is enforced, too."));
        }

        return status;
    }

    // A row where it is to be seen; which of the four counts it belongs to.
    private static int Add(Table table, ReadUnit unit, SetDirective directive, bool all, HostControllers? controllers, Style style)
    {
        var (assignment, info) = directive;
        var enforcement = info?.Enforcement ?? Enforcement.Ignored("nothing is called so");
        enforcement = controllers?.Of(enforcement) ?? enforcement;
        var (count, word, color) = (info, enforcement.Kind) switch
        {
            (null, _) => (3, "unknown", style.Red),
            (_, EnforcementKind.Enforced) => (0, "enforced", style.Green),
            (_, EnforcementKind.Emulated) => (1, "emulated", style.Yellow),
            _ => (2, "ignored", style.Red),
        };
        if (all || count > 0)
        {
            table.Add(
                new Cell(unit.Name.Text), new Cell($"{assignment.Key}={assignment.Value}"), new Cell(word, color),
                enforcement.Reason.Length > 0 ? new Cell(enforcement.Reason) : Cell.None(style.Grey),
                new Cell($"{assignment.File}:{assignment.Line}"));
        }

        return count;
    }

    private static int PrintHelp(string program, CommandOutput output)
    {
        output.WriteLine(
            $"""
            {Path.GetFileName(program)} [OPTIONS...] [UNIT...]

            Lists what this version makes of each directive in the files of the units, or of all units: enforced,
            emulated, ignored and why, or unknown.

              -h --help       this text
                 --version    the version
              -a --all        what is enforced, too
                 --no-legend  no column names and no sum
                 --root=PATH  units of the tree below PATH
                 --user       units of a user's manager
            """);
        return 0;
    }
}
