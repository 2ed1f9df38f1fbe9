using Trasgo.UnitFiles.Install;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>enable and its relatives without a manager, reported as systemctl reports them then.</summary>
internal static partial class InstalledFiles
{
    internal static int Change(SystemctlContext context, string verb, List<string> names, out bool carries)
    {
        var (installer, flags) = (Installer(context), Flags(context));
        var result = verb switch
        {
            "enable" => installer.Enable(names, flags),
            "disable" => installer.Disable(names, flags),
            "reenable" => installer.Reenable(names, flags),
            "link" => installer.Link(names, flags),
            "preset" => installer.Preset(names, Presets(context), flags),
            "mask" => installer.Mask(names, flags),
            "unmask" => installer.Unmask(names, flags),
            _ => installer.Revert(names),
        };
        carries = result.CarriesInstallInfo || verb is not ("enable" or "reenable");
        return Report(context, verb, result);
    }

    internal static int AddDependency(SystemctlContext context, List<string> names, string target, string kind) =>
        Report(context, "add dependency on",
            Installer(context).AddDependency(names, target, requires: kind == "Requires", Flags(context)));

    internal static int SetDefault(SystemctlContext context, string unit) =>
        Report(context, "set default", Installer(context).SetDefault(unit, UnitFileFlags.Force));

    internal static int PresetAll(SystemctlContext context) =>
        Report(context, "preset", Installer(context).PresetAll(Presets(context), Flags(context)));

    private static UnitFileFlags Flags(SystemctlContext context) =>
        (context.Options.Runtime ? UnitFileFlags.Runtime : 0) | (context.Options.Force > 0 ? UnitFileFlags.Force : 0);

    private static PresetMode Presets(SystemctlContext context) => context.Options.PresetMode switch
    {
        "enable-only" => PresetMode.EnableOnly,
        "disable-only" => PresetMode.DisableOnly,
        _ => PresetMode.Full,
    };

    private static int Report(SystemctlContext context, string verb, InstallResult result)
    {
        var told = false;
        foreach (var change in result.Changes)
        {
            if (change.IsFailure)
            {
                context.Output.Error(InstallMessages.ForClient(change, verb));
                told = true;
            }
            else
            {
                UnitFileChanges.Report(context, change.Type.ToText(), change.Path, change.Source);
            }
        }

        if (result.Error == InstallError.None)
        {
            return ExitStatus.Success;
        }

        if (!told)
        {
            context.Output.Error($"Failed to {verb}: {InstallMessages.Plain(result.Error).Message}.");
        }

        return ExitStatus.Failure;
    }
}
