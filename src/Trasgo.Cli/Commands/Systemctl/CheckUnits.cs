namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>is-active, is-failed and is-system-running.</summary>
internal static class CheckUnits
{
    internal static int IsActive(SystemctlContext context, string[] arguments) =>
        Check(context, arguments, ["active", "reloading"], ExitStatus.ProgramNotRunning);

    internal static int IsFailed(SystemctlContext context, string[] arguments) =>
        Check(context, arguments, ["failed"], ExitStatus.ProgramDead);

    internal static int IsSystemRunning(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        if (options.Root is not null || HostState.IsChroot || !HostState.HasManager(options))
        {
            Print(context, "offline");
            return ExitStatus.Failure;
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        if (options.Wait)
        {
            bus.WatchManager("StartupFinished");
        }

        var reply = bus.GetManagerProperty("SystemState");
        while (reply.Ok && options.Wait && reply[0][0].Text is ("initializing" or "starting"))
        {
            if (bus.NextSignal() is not { } signal)
            {
                break;
            }

            if (signal.Member == "StartupFinished")
            {
                reply = bus.GetManagerProperty("SystemState");
                break;
            }
        }

        if (!reply.Ok)
        {
            output.Warning($"Failed to query system state: {reply.Message}");
            Print(context, "unknown");
            return ExitStatus.Failure;
        }

        Print(context, reply[0][0].Text);
        return reply[0][0].Text == "running" ? ExitStatus.Success : ExitStatus.Failure;
    }

    private static void Print(SystemctlContext context, string state)
    {
        if (!context.Options.Quiet)
        {
            context.Output.WriteLine(state);
        }
    }

    // One good unit is enough.
    private static int Check(SystemctlContext context, string[] arguments, string[] good, int otherwise)
    {
        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var found = false;
        foreach (var name in names)
        {
            if (UnitQueries.ActiveState(context, bus, name) is not { } state)
            {
                return ExitStatus.Failure;
            }

            Print(context, state);
            found |= Array.IndexOf(good, state) >= 0;
        }

        return found ? ExitStatus.Success : otherwise;
    }
}
