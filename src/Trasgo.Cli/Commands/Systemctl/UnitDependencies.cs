using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>The dependencies that --reverse, --after and --before choose among.</summary>
internal static class UnitDependencies
{
    private static readonly HashSet<string> s_forward = ["Requires", "Requisite", "Wants", "ConsistsOf", "BindsTo", "Upholds"];
    private static readonly HashSet<string> s_reverse = ["RequiredBy", "RequisiteOf", "WantedBy", "PartOf", "BoundBy", "UpheldBy"];
    private static readonly HashSet<string> s_after = ["After"];
    private static readonly HashSet<string> s_before = ["Before"];

    /// <summary>Each once, in the order of the properties; null after reporting a failure.</summary>
    internal static List<string>? Of(SystemctlContext context, ManagerBus bus, string unit)
    {
        var reply = bus.GetAll(ManagerBus.UnitPath(unit));
        if (!reply.Ok)
        {
            context.Output.Error($"Failed to get properties of {unit}: {reply.Message}");
            return null;
        }

        var kinds = context.Options.Dependencies switch
        {
            DependencyDirection.Reverse => s_reverse,
            DependencyDirection.After => s_after,
            DependencyDirection.Before => s_before,
            _ => s_forward,
        };
        var result = new List<string>();
        var seen = new HashSet<string>();
        foreach (var property in reply[0].Items)
        {
            if (!kinds.Contains(property[0].Text))
            {
                continue;
            }

            foreach (var name in property[1][0].Texts)
            {
                if (seen.Add(name))
                {
                    result.Add(name);
                }
            }
        }

        return result;
    }

    /// <summary>The units with their dependencies after them, for --with-dependencies.</summary>
    internal static List<string> With(SystemctlContext context, ManagerBus bus, IEnumerable<string> units)
    {
        var result = new List<string>();
        foreach (var unit in units)
        {
            result.Add(unit);
            foreach (var name in Of(context, bus, unit) ?? [])
            {
                if (!result.Contains(name))
                {
                    result.Add(name);
                }
            }
        }

        return result;
    }
}
