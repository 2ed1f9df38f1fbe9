using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Verbs that are one call of the manager each.</summary>
internal static class SimpleCalls
{
    internal static int DaemonReload(SystemctlContext context, string[] arguments) => Reload(context, "Reload");

    internal static int DaemonReexec(SystemctlContext context, string[] arguments) => Reload(context, "Reexecute");

    internal static int ResetFailed(SystemctlContext context, string[] arguments)
    {
        if (arguments.Length == 1)
        {
            return Trivial(context, "ResetFailed");
        }

        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var status = ExitStatus.Success;
        foreach (var name in names)
        {
            if (bus.Call("ResetFailedUnit", "s", name) is { Ok: false } reply)
            {
                status = context.Output.Fail($"Failed to reset failed state of unit {name}: {reply.Message}");
            }
        }

        return status;
    }

    internal static int Cancel(SystemctlContext context, string[] arguments)
    {
        if (arguments.Length == 1)
        {
            return Trivial(context, "ClearJobs");
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var status = ExitStatus.Success;
        foreach (var text in arguments.AsSpan(1))
        {
            if (!uint.TryParse(text, out var id))
            {
                return context.Output.Fail($"Failed to parse job id \"{text}\": Invalid argument");
            }

            if (bus.Call("CancelJob", "u", id) is { Ok: false } reply)
            {
                status = context.Output.Fail($"Failed to cancel job {id}: {reply.Message}");
            }
        }

        return status;
    }

    internal static int Kill(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus) || UnitQueries.Expand(context, bus, arguments[1..]) is not { } names)
        {
            return ExitStatus.Failure;
        }

        var options = context.Options;
        var whom = (options.KillWhom ?? "all") + (options.JobMode == "fail" ? "-fail" : "");
        var status = ExitStatus.Success;
        foreach (var name in names)
        {
            if (bus.Call("KillUnit", "ssi", name, whom, options.Signal) is { Ok: false } reply)
            {
                status = context.Output.Fail($"Failed to kill unit {name}: {reply.Message}");
            }
        }

        return status;
    }

    internal static int ServiceWatchdogs(SystemctlContext context, string[] arguments)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        if (arguments.Length == 1)
        {
            var reply = bus.GetManagerProperty("ServiceWatchdogs");
            if (!reply.Ok)
            {
                return context.Output.Fail($"Failed to get service-watchdog state: {reply.Message}");
            }

            context.Output.WriteLine(Booleans.Format(reply[0][0].Flag));
            return ExitStatus.Success;
        }

        if (Booleans.Parse(arguments[1]) is not { } value)
        {
            return context.Output.Fail("Failed to parse service-watchdogs argument: Invalid argument");
        }

        return bus.SetProperty(ManagerBus.ManagerPath, ManagerBus.ManagerInterface, "ServiceWatchdogs", "b", value)
            is { Ok: false } failure
            ? context.Output.Fail($"Failed to set service-watchdog state: {failure.Message}")
            : ExitStatus.Success;
    }

    /// <summary>A method without arguments or result.</summary>
    internal static int Trivial(SystemctlContext context, string method)
    {
        if (context.Options.DryRun)
        {
            return ExitStatus.Success;
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        return bus.Call(method, "") is { Ok: false } reply
            ? context.Output.Fail($"Failed to execute operation: {reply.Message}")
            : ExitStatus.Success;
    }

    /// <summary>Also what enable and its relatives end with.</summary>
    internal static int Reload(SystemctlContext context, string method)
    {
        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        var reply = bus.Call(method, "");

        // A manager that executes itself anew drops the connection instead of answering.
        return reply.Ok || (method == "Reexecute" && reply.ErrorName == ManagerBus.Disconnected)
            ? ExitStatus.Success
            : context.Output.Fail($"{method} daemon failed: {reply.Message}");
    }
}
