using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>get-default and set-default.</summary>
internal static class DefaultTarget
{
    internal static int Get(SystemctlContext context, string[] arguments)
    {
        if (Determine(context) is not { } name)
        {
            return ExitStatus.Failure;
        }

        context.Output.WriteLine(name);
        NoteKernelCommandLine(context);
        return ExitStatus.Success;
    }

    internal static int Set(SystemctlContext context, string[] arguments)
    {
        if (NameMangling.Mangle(context, arguments[1], globs: false, UnitType.Target, "set-default") is not { } unit)
        {
            return context.Output.Fail("Failed to mangle unit name: Invalid argument");
        }

        if (Change(context, unit) is not 0 and var failure)
        {
            return failure;
        }

        NoteKernelCommandLine(context);
        if (!context.Options.Quiet)
        {
            if (Determine(context) is not { } final)
            {
                return ExitStatus.Failure;
            }

            if (final != unit)
            {
                context.Output.Notice($"Note: \"{final}\" is the default unit (possibly a runtime override).");
            }
        }

        return ExitStatus.Success;
    }

    private static int Change(SystemctlContext context, string unit)
    {
        if (HostState.InstallsClientSide(context.Options))
        {
            return InstalledFiles.SetDefault(context, unit);
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.Call("SetDefaultTarget", "sb", unit, true);
        return reply.Ok
            ? EnableUnits.Finish(context, reply[0])
            : context.Output.Fail($"Failed to set default target: {reply.Message}");
    }

    private static string? Determine(SystemctlContext context)
    {
        if (HostState.InstallsClientSide(context.Options))
        {
            return InstalledFiles.GetDefault(context);
        }

        if (!context.Connect(out var bus))
        {
            return null;
        }

        var reply = bus.Call("GetDefaultTarget", "");
        if (reply.Ok)
        {
            return reply[0].Text;
        }

        context.Output.Error($"Failed to get default target: {reply.Message}");
        return null;
    }

    // The kernel's word goes over default.target, which whoever changes that should know.
    private static void NoteKernelCommandLine(SystemctlContext context)
    {
        if (context.Options.Quiet || context.Options.Root is not null)
        {
            return;
        }

        if (KernelCommandLine.DefaultUnitOverride() is { } word)
        {
            context.Output.Notice($"Note: found \"{word}\" on the kernel commandline, which overrides the default unit.");
        }
    }
}
