using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Questions to the manager that several verbs ask. Each says itself what went wrong and returns null then.</summary>
internal static class UnitQueries
{
    internal static List<UnitInfo>? List(SystemctlContext context, ManagerBus bus, IReadOnlyCollection<string> patterns)
    {
        var options = context.Options;
        var reply = bus.Call("ListUnitsByPatterns", "asas", options.States, patterns);
        if (!reply.Ok)
        {
            context.Output.Error($"Failed to list units: {reply.Message}");
            return null;
        }

        var units = new List<UnitInfo>();
        foreach (var row in reply[0].Items)
        {
            var unit = UnitInfo.From(row);
            if (IsShown(options, unit))
            {
                units.Add(unit);
            }
        }

        return units;
    }

    /// <summary>
    /// What was typed as names of units: completed and escaped, and patterns replaced by the loaded units that match.
    /// </summary>
    internal static List<string>? Expand(
        SystemctlContext context, ManagerBus bus, IEnumerable<string> names, UnitType type, out bool expanded)
    {
        var result = new List<string>();
        var patterns = new List<string>();
        expanded = false;
        foreach (var name in names)
        {
            if (NameMangling.Mangle(context, name, globs: true, type, operation: null) is not { } mangled)
            {
                context.Output.Error("Failed to mangle name: Invalid argument");
                return null;
            }

            (UnitNameCharacters.IsGlob(mangled) ? patterns : result).Add(mangled);
        }

        if (patterns.Count == 0)
        {
            return result;
        }

        expanded = true;
        if (List(context, bus, patterns) is not { } units)
        {
            return null;
        }

        result.AddRange(units.ConvertAll(static unit => unit.Id));
        return result;
    }

    internal static List<string>? Expand(SystemctlContext context, ManagerBus bus, IEnumerable<string> names)
    {
        var result = Expand(context, bus, names, UnitType.Service, out _);
        if (result is null)
        {
            context.Output.Error("Failed to expand names: Invalid argument");
        }

        return result;
    }

    /// <summary>Null after reporting a failure.</summary>
    internal static string? ActiveState(SystemctlContext context, ManagerBus bus, string unit)
    {
        var reply = bus.GetProperty(ManagerBus.UnitPath(unit), ManagerBus.UnitInterface, "ActiveState");
        if (reply.Ok)
        {
            return reply[0][0].Text;
        }

        context.Output.Error($"Failed to retrieve unit state: {reply.Message}");
        return null;
    }

    /// <summary>"masked", "loaded", ...; null after reporting a failure.</summary>
    internal static string? LoadState(SystemctlContext context, ManagerBus bus, string unit)
    {
        var reply = bus.GetProperty(ManagerBus.UnitPath(unit), ManagerBus.UnitInterface, "LoadState");
        if (reply.Ok)
        {
            return reply[0][0].Text;
        }

        context.Output.Error($"Failed to get load state of {unit}: {reply.Message}");
        return null;
    }

    /// <summary>Only of what is loaded already: asking must not load a unit.</summary>
    internal static bool NeedsReload(ManagerBus bus, string unit)
    {
        var path = bus.Call("GetUnit", "s", unit);
        return path.Ok
            && bus.GetProperty(path[0].Text, ManagerBus.UnitInterface, "NeedDaemonReload") is { Ok: true } reply
            && reply[0][0].Flag;
    }

    internal static void WarnChanged(SystemctlContext context, string unit) => context.Output.Warning(
        $"Warning: The unit file, source configuration file or drop-ins of {unit} changed on disk. "
        + $"Run 'systemctl{context.Options.UserFlag} daemon-reload' to reload units.");

    private static bool IsShown(SystemctlOptions options, UnitInfo unit)
    {
        if (options.Types.Count > 0 && !options.Types.Contains(unit.TypeName))
        {
            return false;
        }

        if (options.All)
        {
            return true;
        }

        // A device that goes by several names shows once.
        return unit.Following.Length == 0
            && (options.States.Count > 0 || unit.JobId > 0 || unit.ActiveState != "inactive");
    }
}
