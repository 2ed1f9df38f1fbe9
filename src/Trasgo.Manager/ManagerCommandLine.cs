using System.Globalization;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>The options of systemd(1) that apply here.</summary>
internal static class ManagerCommandLine
{
    /// <summary>Null when the words make no sense; <paramref name="problem"/> says why.</summary>
    public static ManagerOptions? Parse(string mode, string[] arguments, out string problem)
    {
        problem = "";
        var isUser = mode == "--user";
        var options = new ManagerOptions
        {
            Scope = isUser ? RuntimeScope.User : RuntimeScope.System,
            IsInit = mode == "init" && ProcessControl.Pid == 1,
            RuntimeDirectory = "/run/systemd",
        };
        if (isUser)
        {
            var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
            if (runtime is not { Length: > 1 } || runtime[0] != '/')
            {
                problem = "$XDG_RUNTIME_DIR is not set to an absolute path, so the user manager has no place for its sockets.";
                return null;
            }

            options = options with { RuntimeDirectory = runtime + "/systemd" };
        }
        else if (ProcessControl.EffectiveUid != 0)
        {
            problem = "the system manager runs as root only; 'trasgo --user' runs without.";
            return null;
        }

        foreach (var argument in arguments)
        {
            if (Apply(options, argument) is not { } changed)
            {
                problem = $"unknown or invalid argument '{argument}'.";
                return null;
            }

            options = changed;
        }

        return options;
    }

    private static ManagerOptions? Apply(ManagerOptions options, string argument)
    {
        var (name, value) = argument.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (argument[..at], argument[(at + 1)..]) : (argument, "");
        switch (name)
        {
            case "--unit" or "systemd.unit" when UnitName.IsValid(value, UnitNameFlags.Plain | UnitNameFlags.Instance):
                return options with { Unit = value };
            case "--log-level" or "systemd.log_level" when LogLevels.TryParse(value, out _):
                return options with { LogLevel = value };
            case "--log-target" or "systemd.log_target" when LogLevels.IsTarget(value):
                return options with { LogTarget = value };
            case "--show-status" or "systemd.show_status":
                return options with { ShowStatus = value is "" or "1" or "yes" or "true" or "on" };
            case "--deserialize" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return options with { State = PassedState.Open(number) };
            case "--system" or "--user" or "--switched-root" or "--dump-core":
                return options;
            case "single" or "s" or "S" or "1" or "rescue" when options.IsInit:
                return options with { Unit = "rescue.target" };
            case "emergency" or "-b" when options.IsInit:
                return options with { Unit = "emergency.target" };
            default:
                // A kernel or a container runtime hands PID 1 words that are not for it.
                return options.IsInit ? options : null;
        }
    }
}
