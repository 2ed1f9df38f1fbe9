using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The units of one type, for list-sockets, list-timers and list-automounts.</summary>
internal static class TypedUnits
{
    /// <summary>All, or those that the arguments name; null after reporting a failure.</summary>
    internal static List<UnitInfo>? Find(SystemctlContext context, ManagerBus bus, string[] arguments, UnitType type)
    {
        if (UnitQueries.Expand(context, bus, arguments, type, out _) is not { } names)
        {
            return null;
        }

        // Patterns that match nothing must not turn into "no pattern", which is everything.
        if (arguments.Length > 0 && names.Count == 0)
        {
            return [];
        }

        return UnitQueries.List(context, bus, names)?.FindAll(unit => unit.TypeName == type.ToText());
    }

    /// <summary>What the unit activates; null after reporting a failure.</summary>
    internal static string[]? Triggers(SystemctlContext context, ManagerBus bus, UnitInfo unit)
    {
        var reply = bus.GetProperty(unit.UnitPath, ManagerBus.UnitInterface, "Triggers");
        if (reply.Ok)
        {
            return reply[0][0].Texts;
        }

        context.Output.Error($"Failed to determine triggers: {reply.Message}");
        return null;
    }
}
