using Trasgo.UnitFiles.Install;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>is-enabled, list-unit-files and get-default without a manager. Null or false after saying what went wrong.</summary>
internal static partial class InstalledFiles
{
    internal static string? GetDefault(SystemctlContext context)
    {
        var error = Installer(context).GetDefault(out var name);
        if (error == InstallError.None)
        {
            return name;
        }

        var reason = error == InstallError.Masked ? "Unit file is masked." : InstallMessages.Plain(error).Message;
        context.Output.Error($"Failed to get default target: {reason}");
        return null;
    }

    internal static string? State(SystemctlContext context, string name)
    {
        var error = Installer(context).GetState(name, out var state);
        if (error == InstallError.None)
        {
            return state.ToText();
        }

        context.Output.Error($"Failed to get unit file state for {name}: {InstallMessages.Plain(error).Message}");
        return null;
    }

    /// <summary>What disabling would remove is what enables.</summary>
    internal static bool PrintLinks(SystemctlContext context, string name)
    {
        var result = Installer(context).Disable([name], Flags(context) | UnitFileFlags.DryRun);
        if (result.Error != InstallError.None)
        {
            context.Output.Error($"Failed to get file links for {name}: {InstallMessages.Plain(result.Error).Message}");
            return false;
        }

        foreach (var change in result.Changes.Where(static change => change.Type == InstallChangeType.Unlink))
        {
            context.Output.WriteLine($"  {change.Path}");
        }

        return true;
    }

    internal static List<(string Name, string State)> List(SystemctlContext context, string[] patterns) =>
        Installer(context).ListUnitFiles(context.Options.States, patterns)
            .ConvertAll(static file => (file.Name, file.State.ToText()));
}
