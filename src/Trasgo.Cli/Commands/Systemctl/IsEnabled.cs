namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>is-enabled; with --full it also lists the links that enable the unit.</summary>
internal static class IsEnabled
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        if (NameMangling.MangleAll(context, "to check", arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        if (SysvScripts.Handle(context, arguments[0], names, out var enabled) is not 0 and var failure)
        {
            return failure;
        }

        foreach (var name in names)
        {
            if (StateOf(context, name) is not { } state)
            {
                return ExitStatus.Failure;
            }

            enabled |= state is "enabled" or "enabled-runtime" or "static" or "alias" or "indirect" or "generated";
            if (options.Quiet)
            {
                continue;
            }

            output.WriteLine(state);
            if (options.Full && !PrintLinks(context, name))
            {
                return ExitStatus.Failure;
            }
        }

        return enabled ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static string? StateOf(SystemctlContext context, string name)
    {
        if (HostState.InstallsClientSide(context.Options))
        {
            return InstalledFiles.State(context, name);
        }

        if (!context.Connect(out var bus))
        {
            return null;
        }

        var reply = bus.Call("GetUnitFileState", "s", name);
        if (reply.Ok)
        {
            return reply[0].Text;
        }

        context.Output.Error($"Failed to get unit file state for {name}: {reply.Message}");
        return null;
    }

    private static bool PrintLinks(SystemctlContext context, string name)
    {
        if (HostState.InstallsClientSide(context.Options))
        {
            return InstalledFiles.PrintLinks(context, name);
        }

        if (!context.Connect(out var bus))
        {
            return false;
        }

        var reply = bus.Call("GetUnitFileLinks", "sb", name, context.Options.Runtime);
        if (!reply.Ok)
        {
            context.Output.Error($"Failed to get unit file links for {name}: {reply.Message}");
            return false;
        }

        foreach (var link in reply[0].Texts)
        {
            context.Output.WriteLine($"  {link}");
        }

        return true;
    }
}
