namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>clean, freeze and thaw.</summary>
internal static class CleanUnits
{
    internal static int Run(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        string[] what = context.Options.Clean.Count > 0 ? [.. context.Options.Clean] : ["cache", "runtime"];
        var status = ExitStatus.Success;
        foreach (var name in names)
        {
            // Held in memory until its result has been read. Not every manager does that for a direct connection.
            if (!context.Options.NoBlock && bus.Call("RefUnit", "s", name) is
                { ErrorName: "org.freedesktop.systemd1.NoSuchUnit" or "org.freedesktop.systemd1.LoadFailed" } missing)
            {
                status = context.Output.Fail($"Failed to add reference to unit {name}: {missing.Message}");
                continue;
            }

            var reply = arguments[0] switch
            {
                "clean" => bus.Call("CleanUnit", "sas", name, what),
                "freeze" => bus.Call("FreezeUnit", "s", name),
                _ => bus.Call("ThawUnit", "s", name),
            };
            if (!reply.Ok)
            {
                status = context.Output.Fail($"Failed to {arguments[0]} unit {name}: {reply.Message}");
            }
        }

        return status;
    }
}
