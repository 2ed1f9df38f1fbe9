using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

internal enum UnitSourceState
{
    Found,

    /// <summary>There is no file, which has been said.</summary>
    Missing,
    Masked,

    /// <summary>The manager could not read it.</summary>
    NotLoaded,

    /// <summary>The manager could not be asked, which has been said.</summary>
    Failed,
}

/// <summary>The files that a unit is made of.</summary>
internal sealed record UnitSources(UnitSourceState State, string? Fragment = null, params string[] DropIns)
{
    internal IEnumerable<string> All => Fragment is null ? DropIns : [Fragment, .. DropIns];

    /// <summary>Asks the manager; a template is not loaded by it, so its files are looked for here.</summary>
    internal static UnitSources Find(SystemctlContext context, ManagerBus bus, string unit, bool clientSide = false)
    {
        var sources = clientSide || HostState.InstallsClientSide(context.Options) || UnitName.IsValid(unit, UnitNameFlags.Template)
            ? InstalledFiles.Find(context, unit)
            : Ask(context, bus, unit);
        if (sources is { State: UnitSourceState.Found, Fragment: null, DropIns.Length: 0 })
        {
            if (context.Options.Force == 0)
            {
                context.Output.Error($"No files found for {unit}.");
            }

            return new UnitSources(UnitSourceState.Missing);
        }

        return sources;
    }

    private static UnitSources Ask(SystemctlContext context, ManagerBus bus, string unit)
    {
        var path = ManagerBus.UnitPath(unit);
        var state = bus.GetProperty(path, ManagerBus.UnitInterface, "LoadState");
        if (!state.Ok)
        {
            context.Output.Error($"Failed to get LoadState: {state.Message}");
            return new UnitSources(UnitSourceState.Failed);
        }

        switch (state[0][0].Text)
        {
            case "masked":
                return new UnitSources(UnitSourceState.Masked);
            case "not-found":
                return new UnitSources(UnitSourceState.Found);
            case "loaded" or "bad-setting":
                break;
            default:
                return new UnitSources(UnitSourceState.NotLoaded);
        }

        var fragment = bus.GetProperty(path, ManagerBus.UnitInterface, "FragmentPath");
        var dropIns = bus.GetProperty(path, ManagerBus.UnitInterface, "DropInPaths");
        if (!fragment.Ok || !dropIns.Ok)
        {
            context.Output.Error(fragment.Ok
                ? $"Failed to get DropInPaths: {dropIns.Message}"
                : $"Failed to get FragmentPath: {fragment.Message}");
            return new UnitSources(UnitSourceState.Failed);
        }

        var file = fragment[0][0].Text;
        return new UnitSources(UnitSourceState.Found, file.Length > 0 ? file : null, dropIns[0][0].Texts);
    }
}
