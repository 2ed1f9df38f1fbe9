using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>What enable and its relatives changed, told in systemctl's words.</summary>
internal static class UnitFileChanges
{
    internal static void Report(SystemctlContext context, string type, string path, string source)
    {
        if (context.Options.Quiet)
        {
            return;
        }

        var output = context.Output;
        switch (type)
        {
            case "symlink":
                output.Info($"Created symlink {path} {output.Glyphs.ArrowRight} {source}.");
                break;
            case "unlink":
                output.Info($"Removed \"{path}\".");
                break;
            case "masked":
                output.Info($"Unit {path} is masked, ignoring.");
                break;
            case "masked by generator":
                output.Info($"Unit {path} is masked via a generator and cannot be unmasked.");
                break;
            case "dangling":
                output.Info($"Unit {path} is an alias to a unit that is not present, ignoring.");
                break;
            case "destination not present":
                output.Warning($"Unit {source} is added as a dependency to a non-existent unit {path}.");
                break;
            case "auxiliary unit failed":
                output.Warning($"Failed to enable auxiliary unit {path}, ignoring.");
                break;
            default:
                output.Info($"{type}: {path} {source}");
                break;
        }
    }

    /// <param name="changes">An a(sss): what was done, the file, and where a link points.</param>
    internal static void Report(SystemctlContext context, BusValue changes)
    {
        foreach (var change in changes.Items)
        {
            Report(context, change[0].Text, change[1].Text, change[2].Text);
        }
    }
}
