using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// enable, disable and is-enabled of a service that is, or also is, a script in /etc/init.d/: Debian's
/// systemd-sysv-install(8) does the script's part.
/// </summary>
internal static class SysvScripts
{
    private const string Installer = "/lib/systemd/systemd-sysv-install";

    /// <summary>Takes the names out of the list that are scripts only. An exit status.</summary>
    internal static int Handle(SystemctlContext context, string verb, List<string> names, out bool enabled)
    {
        var (options, output) = (context.Options, context.Output);
        enabled = false;
        if (options.Scope != Scope.System || verb is not ("enable" or "disable" or "is-enabled")
            || Booleans.Parse(Environment.GetEnvironmentVariable("SYSTEMCTL_SKIP_SYSV") ?? "") == true)
        {
            return ExitStatus.Success;
        }

        foreach (var name in names.ToArray())
        {
            if (!name.EndsWith(".service", StringComparison.Ordinal) || name.StartsWith('/'))
            {
                continue;
            }

            var isNative = InstalledFiles.IsNative(context, name);
            var script = name[..^".service".Length];
            if ((isNative && verb == "is-enabled") || !File.Exists($"{options.Root}/etc/init.d/{script}"))
            {
                continue;
            }

            if (!options.Quiet)
            {
                output.Info(isNative
                    ? $"Synchronizing state of {name} with SysV service script with {Installer}."
                    : $"{name} is not a native service, redirecting to systemd-sysv-install.");
            }

            string[] command = options.Root is { } root
                ? [Installer, $"--root={root}", verb, script]
                : [Installer, verb, script];
            if (!options.Quiet)
            {
                output.Info($"Executing: {string.Join(' ', command)}");
            }

            output.Flush();
            var success = ForegroundProcess.Run(command) is { Ok: true, Value: 0 };
            if (verb == "is-enabled")
            {
                enabled |= success;
                output.Write(options.Quiet ? "" : success ? "enabled\n" : "disabled\n");
            }
            else if (!success)
            {
                return ExitStatus.Failure;
            }

            if (!isNative)
            {
                _ = names.Remove(name);
            }
        }

        return ExitStatus.Success;
    }
}
