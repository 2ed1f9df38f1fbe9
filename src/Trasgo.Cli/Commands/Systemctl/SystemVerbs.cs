using Trasgo.Linux;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>poweroff, reboot, halt, kexec, exit, rescue, emergency, default and the sleeps: special units, started.</summary>
internal static class SystemVerbs
{
    private static readonly Dictionary<string, (string Target, string Mode)> s_targets = new()
    {
        ["halt"] = ("halt.target", "replace-irreversibly"),
        ["poweroff"] = ("poweroff.target", "replace-irreversibly"),
        ["reboot"] = ("reboot.target", "replace-irreversibly"),
        ["kexec"] = ("kexec.target", "replace-irreversibly"),
        ["rescue"] = ("rescue.target", "isolate"),
        ["emergency"] = ("emergency.target", "isolate"),
        ["default"] = ("default.target", "isolate"),
        ["exit"] = ("exit.target", "replace-irreversibly"),
        ["suspend"] = ("suspend.target", "replace-irreversibly"),
        ["hibernate"] = ("hibernate.target", "replace-irreversibly"),
        ["hybrid-sleep"] = ("hybrid-sleep.target", "replace-irreversibly"),
        ["suspend-then-hibernate"] = ("suspend-then-hibernate.target", "replace-irreversibly"),
    };

    /// <summary>Those that make no sense for a user's manager.</summary>
    internal static int RunSystem(SystemctlContext context, string[] arguments) => context.Options.Scope switch
    {
        Scope.Global => context.Output.Fail("Bad action for --global mode."),
        Scope.User => context.Output.Fail("Bad action for --user mode."),
        _ => Run(context, arguments),
    };

    internal static int Run(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        var verb = arguments[0];
        var ends = verb is "halt" or "poweroff" or "reboot";
        if (options.Force >= 2 && ends)
        {
            return Libc.geteuid() != 0 ? output.Fail("Need to be root.") : EndNow(context, verb);
        }

        if (verb == "reboot" && RebootArgument(context, arguments) is not 0 and var failure)
        {
            return failure;
        }

        if (verb == "exit" && arguments.Length > 1 && SetExitCode(context, arguments[1]) is not 0 and var refused)
        {
            return refused;
        }

        if (options.Force == 1 && (ends || verb is "kexec" or "exit"))
        {
            return SimpleCalls.Trivial(context, verb switch
            {
                "halt" => "Halt",
                "reboot" => "Reboot",
                "kexec" => "KExec",
                "exit" => "Exit",
                _ => "PowerOff",
            });
        }

        var (target, mode) = s_targets[verb];

        // What takes down the manager that we would wait for is not waited for.
        options.NoBlock |= ends || verb is "kexec" or "exit" or "suspend" or "hibernate" or "hybrid-sleep"
            or "suspend-then-hibernate";
        return StartUnits.RunSpecial(context, target, mode);
    }

    private static int RebootArgument(SystemctlContext context, string[] arguments)
    {
        var (options, output) = (context.Options, context.Output);
        if (arguments.Length > 1)
        {
            if (options.RebootArgument is not null)
            {
                return output.Fail(
                    "Both --reboot-argument= and positional argument passed to reboot command, refusing.");
            }

            output.Notice("Positional argument to reboot command is deprecated, please use --reboot-argument= instead. "
                + "Accepting anyway.");
            options.RebootArgument = arguments[1];
        }

        if (string.IsNullOrEmpty(options.RebootArgument))
        {
            return ExitStatus.Success;
        }

        var error = FileSystem.WriteValue("/run/systemd/reboot-param", options.RebootArgument);
        return error == Errno.None
            ? ExitStatus.Success
            : output.Fail($"Failed to write reboot parameter file: {ErrnoNames.Message(error)}");
    }

    private static int SetExitCode(SystemctlContext context, string text)
    {
        if (!byte.TryParse(text, out var code))
        {
            return context.Output.Fail("Invalid exit code.");
        }

        if (!context.Connect(out var bus))
        {
            return ExitStatus.Failure;
        }

        return bus.Call("SetExitCode", "y", code) is { Ok: false } reply
            ? context.Output.Fail($"Failed to set exit code: {reply.Message}")
            : ExitStatus.Success;
    }

    // --force --force: without the manager, which may be the very thing that hangs.
    private static int EndNow(SystemctlContext context, string verb)
    {
        var (options, output) = (context.Options, context.Output);
        if (!options.DryRun)
        {
            Reboot.SyncFileSystems();
        }

        if (!options.Quiet)
        {
            output.Info(verb switch
            {
                "halt" => "Halting.",
                "poweroff" => "Powering off.",
                _ => "Rebooting.",
            });
        }

        if (options.DryRun)
        {
            return ExitStatus.Success;
        }

        var error = verb switch
        {
            "halt" => Reboot.Halt(),
            "poweroff" => Reboot.PowerOff(),
            _ => Reboot.Restart(),
        };
        return output.Fail($"Failed to {verb}: {ErrnoNames.Message(error)}");
    }
}
