using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// enable, disable, reenable, preset, mask, unmask, link and revert: through the manager, or on the files themselves where
/// there is none to ask (--root=, --global, a chroot, an image being built).
/// </summary>
internal static class EnableUnits
{
    private const string NoInstallInfo =
        "The unit files have no installation config (WantedBy=, RequiredBy=, Also=,\n"
        + "Alias= settings in the [Install] section, and DefaultInstance= for template\n"
        + "units). This means they are not meant to be enabled using systemctl.\n"
        + " \n"
        + "Possible reasons for having this kind of units are:\n"
        + "{0} A unit may be statically enabled by being symlinked from another unit's\n"
        + "  .wants/ or .requires/ directory.\n"
        + "{0} A unit's purpose may be to act as a helper for some other unit which has\n"
        + "  a requirement dependency on it.\n"
        + "{0} A unit may be started when needed via activation (socket, path, timer,\n"
        + "  D-Bus, udev, scripted systemctl call, ...).\n"
        + "{0} In case of template units, the unit is meant to be enabled with some\n"
        + "  instance name specified.";

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var verb = arguments[0];
        if (NameMangling.MangleAll(context, $"to {verb}", arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        if (SysvScripts.Handle(context, verb, names, out _) is not 0 and var failure)
        {
            return failure;
        }

        var clientSide = HostState.InstallsClientSide(context.Options);
        if (names.Count == 0)
        {
            return context.Options.NoReload || clientSide ? ExitStatus.Success : SimpleCalls.Reload(context, "Reload");
        }

        if ((verb == "disable" && !NamesForDisable(context, names)) || (verb == "link" && !PathsForLink(context, names)))
        {
            return ExitStatus.Failure;
        }

        var status = clientSide ? InstalledFiles.Change(context, verb, names, out var carries) : Ask(context, verb, names, out carries);
        if (status != ExitStatus.Success)
        {
            return status;
        }

        if (!carries && !context.Options.Quiet && verb != "preset")
        {
            context.Output.Notice(NoInstallInfo.Replace("{0}", context.Output.Glyphs.Bullet));
        }

        return context.Options.Now && verb is "enable" or "disable" or "mask"
            ? StartUnits.Run(context, [verb == "enable" ? "start" : "stop", .. names.Select(Path.GetFileName)!])
            : ExitStatus.Success;
    }

    private static bool NamesForDisable(SystemctlContext context, List<string> names)
    {
        for (var index = 0; index < names.Count; index++)
        {
            if (names[index].Contains('/', StringComparison.Ordinal))
            {
                names[index] = Path.GetFileName(names[index]);
                context.Output.Warning(
                    "Warning: Can't execute disable on the unit file path. Proceeding with the unit name.");
            }
        }

        return true;
    }

    // Mangling made paths absolute already; what is left without a slash was never one.
    private static bool PathsForLink(SystemctlContext context, List<string> names)
    {
        foreach (var name in names)
        {
            if (!name.StartsWith('/'))
            {
                context.Output.Error(context.Options.Root is not null
                    ? $"Non-absolute paths are not allowed when --root is used: {name}"
                    : "Link argument must contain at least one directory separator.\n"
                    + $"If you intended to link a file in the current directory, try ./{name} instead.");
                return false;
            }
        }

        return true;
    }

    private static int Ask(SystemctlContext context, string verb, List<string> names, out bool carries)
    {
        var options = context.Options;
        carries = true;
        if (!context.Connect(out var bus) || (verb is "mask" or "unmask" && !NoteMissing(context, bus, names)))
        {
            return ExitStatus.Failure;
        }

        var force = options.Force > 0;
        var reply = verb switch
        {
            "enable" => bus.Call("EnableUnitFiles", "asbb", names, options.Runtime, force),
            "disable" => bus.Call("DisableUnitFiles", "asb", names, options.Runtime),
            "reenable" => bus.Call("ReenableUnitFiles", "asbb", names, options.Runtime, force),
            "link" => bus.Call("LinkUnitFiles", "asbb", names, options.Runtime, force),
            "preset" when options.PresetMode != "full" =>
                bus.Call("PresetUnitFilesWithMode", "assbb", names, options.PresetMode, options.Runtime, force),
            "preset" => bus.Call("PresetUnitFiles", "asbb", names, options.Runtime, force),
            "mask" => bus.Call("MaskUnitFiles", "asbb", names, options.Runtime, force),
            "unmask" => bus.Call("UnmaskUnitFiles", "asb", names, options.Runtime),
            _ => bus.Call("RevertUnitFiles", "as", [names]),
        };
        if (!reply.Ok)
        {
            return context.Output.Fail($"Failed to {verb} unit: {reply.Message}");
        }

        if (reply[0].Signature == "b")
        {
            carries = reply[0].Flag;
        }

        return Finish(context, reply[reply[0].Signature == "b" ? 1 : 0]);
    }

    /// <summary>Tells the changes and lets the manager look at its unit files anew.</summary>
    internal static int Finish(SystemctlContext context, BusValue changes)
    {
        UnitFileChanges.Report(context, changes);
        return context.Options.NoReload ? ExitStatus.Success : SimpleCalls.Reload(context, "Reload");
    }

    private static bool NoteMissing(SystemctlContext context, ManagerBus bus, List<string> names)
    {
        foreach (var name in names)
        {
            if (InstalledFiles.Exists(context, bus, name) is not { } exists)
            {
                return false;
            }

            if (!exists)
            {
                context.Output.Notice($"Unit {name} does not exist, proceeding anyway.");
            }
        }

        return true;
    }
}
