using Trasgo.Bus.Wire;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>systemctl set-property UNIT NAME=VALUE...</c>: the texts are read by the same directives as those in unit files, and
/// sent in the types of their properties.
/// </summary>
internal static class SetProperty
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, [arguments[1]]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var status = ExitStatus.Success;
        foreach (var name in names)
        {
            status = Math.Max(status, SetOne(context, bus, name, arguments[2..]));
        }

        return status;
    }

    private static int SetOne(SystemctlContext context, ManagerBus bus, string name, string[] assignments)
    {
        if (!UnitName.TryParse(name, out var unit))
        {
            return context.Output.Fail($"Invalid unit type: {name}");
        }

        var good = true;
        var reply = bus.CallWritten("SetUnitProperties", writer =>
        {
            writer.String(name);
            writer.Boolean(context.Options.Runtime);
            writer.BeginArray("(sv)");
            foreach (var assignment in assignments)
            {
                good = good && Append(context, unit, assignment, writer);
            }

            writer.EndArray();
            return good;
        });
        if (!good)
        {
            return ExitStatus.Failure;
        }

        return reply is { Ok: false }
            ? context.Output.Fail($"Failed to set unit properties on {name}: {reply.Message}")
            : ExitStatus.Success;
    }

    private static bool Append(SystemctlContext context, UnitName unit, string assignment, MessageWriter writer)
    {
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            context.Output.Error($"Not an assignment: {assignment}");
            return false;
        }

        var diagnostics = new DiagnosticList();
        var parse = new ParseContext(unit, specifiers: null, diagnostics);
        if (!UnitLanguage.Of(unit.Type).WriteProperty(assignment[..equals], assignment[(equals + 1)..], parse, writer))
        {
            context.Output.Error($"Unknown assignment: {assignment}");
            return false;
        }

        foreach (var problem in diagnostics.Items)
        {
            context.Output.Error($"Failed to parse {assignment}: {problem.Message}");
        }

        return diagnostics.Items.Count == 0;
    }
}
