using System.Collections;
using Trasgo.Cli.Bus;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Unit files looked at, and changed, without a manager.</summary>
internal static partial class InstalledFiles
{
    internal static UnitSearchPath Search(SystemctlContext context) =>
        UnitSearchPath.For(ScopeOf(context), OurEnvironment(), context.Options.Root);

    internal static UnitFileInstaller Installer(SystemctlContext context)
    {
        var files = Files(context);
        return new UnitFileInstaller(
            Search(context), files, new SpecifierHost(ScopeOf(context), OurEnvironment(), files));
    }

    internal static RealFileSystem Files(SystemctlContext context) => new(context.Options.Root);

    /// <summary>The files of a unit, found by the rules of the load path.</summary>
    internal static UnitSources Find(SystemctlContext context, string unit)
    {
        var (search, files) = (Search(context), Files(context));
        if (!UnitName.TryParse(unit, out var name))
        {
            return new UnitSources(UnitSourceState.Found);
        }

        var lookup = UnitFileIndex.Build(search, files).Lookup(name);
        string[] dropIns = [.. DropIns.Find(search, files, name, lookup.Names).Select(search.Outside)];
        return new UnitSources(
            UnitSourceState.Found, lookup.FragmentPath is { } path ? search.Outside(path) : null, dropIns);
    }

    /// <summary>A unit file of that name, generated ones not counted.</summary>
    internal static bool IsNative(SystemctlContext context, string unit)
    {
        var search = Search(context);
        return UnitName.TryParse(unit, out var name)
            && UnitFileIndex.Build(search, Files(context)).Find(name)?.FragmentPath is { } path
            && !path.StartsWith("/run/systemd/generator", StringComparison.Ordinal);
    }

    /// <summary>
    /// Whether there is such a unit at all: the manager knows, but not of templates, which it cannot load. Null after saying
    /// what went wrong.
    /// </summary>
    internal static bool? Exists(SystemctlContext context, ManagerBus bus, string unit)
    {
        if (!UnitName.TryParse(unit, out var name))
        {
            return true;
        }

        if (name.IsTemplate)
        {
            return UnitFileIndex.Build(Search(context), Files(context)).Find(name) is not null;
        }

        var reply = bus.GetAll(ManagerBus.UnitPath(unit));
        if (!reply.Ok)
        {
            context.Output.Error($"Failed to get properties: {reply.Message}");
            return null;
        }

        var properties = new PropertyBag(reply[0]);
        return properties.Text("LoadState") != "not-found" || properties.Text("ActiveState") != "inactive";
    }

    private static RuntimeScope ScopeOf(SystemctlContext context) => context.Options.Scope switch
    {
        Scope.User => RuntimeScope.User,
        Scope.Global => RuntimeScope.Global,
        _ => RuntimeScope.System,
    };

    private static Dictionary<string, string> OurEnvironment()
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        return environment;
    }
}
