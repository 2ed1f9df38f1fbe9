using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary><c>systemctl cat</c>: the fragment and the drop-ins, each under a comment that names it.</summary>
internal static class CatUnits
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);

        // Patterns reach units that are inactive as well.
        options.All |= options.States.Count == 0;
        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var status = ExitStatus.Success;
        var first = true;
        foreach (var name in options.WithDependencies ? UnitDependencies.With(context, bus, names) : names)
        {
            var files = UnitSources.Find(context, bus, name);
            switch (files.State)
            {
                case UnitSourceState.Masked:
                    output.WriteLine($"{output.Style.Magenta}# Unit {name} is masked{output.Style.Normal}.");
                    continue;
                case UnitSourceState.NotLoaded:
                    output.WriteLine($"{output.Style.Magenta}# Unit {name} could not be loaded.{output.Style.Normal}");
                    continue;
                case UnitSourceState.Failed:
                    return ExitStatus.Failure;
                case UnitSourceState.Missing:
                    status = ExitStatus.Failure;
                    continue;
                default:
                    break;
            }

            output.Write(first ? "" : "\n");
            first = false;
            WarnIfOutdated(context, bus, name);
            if (!Print(context, files))
            {
                return ExitStatus.Failure;
            }
        }

        return status;
    }

    private static void WarnIfOutdated(SystemctlContext context, ManagerBus bus, string name)
    {
        if (UnitQueries.NeedsReload(bus, name))
        {
            context.Output.Error(
                $"# Warning: {name} changed on disk, the version systemd has loaded is outdated.\n"
                + "# This output shows the current version of the unit's original fragment and drop-in files.\n"
                + "# If fragments or drop-ins were added or removed, they are not properly reflected in this output.\n"
                + $"# Run 'systemctl{context.Options.UserFlag} daemon-reload' to reload units.");
        }
    }

    private static bool Print(SystemctlContext context, UnitSources files)
    {
        var (output, style) = (context.Output, context.Output.Style);
        var separator = "";
        foreach (var path in files.All)
        {
            string text;
            try
            {
                text = File.ReadAllText(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                output.Warning($"Failed to cat {path}: {(File.Exists(path) ? "Permission denied" : "No such file or directory")}");
                return false;
            }

            output.WriteLine($"{separator}{style.Blue}# {style.FileLink(path, path)}{style.Normal}");
            output.Write(text);
            output.Write(text.Length > 0 && !text.EndsWith('\n') ? "\n" : "");
            separator = "\n";
        }

        return true;
    }
}
