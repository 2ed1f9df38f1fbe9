namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>preset-all.</summary>
internal static class PresetAll
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var options = context.Options;
        if (HostState.InstallsClientSide(options))
        {
            return InstalledFiles.PresetAll(context);
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.Call("PresetAllUnitFiles", "sbb", options.PresetMode, options.Runtime, options.Force > 0);
        return reply.Ok
            ? EnableUnits.Finish(context, reply[0])
            : context.Output.Fail($"Failed to preset all units: {reply.Message}");
    }
}
