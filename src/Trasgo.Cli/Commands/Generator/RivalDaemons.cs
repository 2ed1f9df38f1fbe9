using System.Collections;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Install;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>A daemon that reads the same configuration as one of our generators.</summary>
/// <param name="Name">Of its unit, and of its script in /etc/init.d.</param>
internal sealed record RivalDaemon(string Name, string Program);

/// <summary>
/// Whether a daemon whose work a generator does is installed and would be started at boot: both would fight for the same ports, or do the
/// same job twice, and it was there first.
/// </summary>
internal sealed class RivalDaemons(GeneratorInvocation invocation)
{
    private const string SysvGenerator = "/usr/lib/systemd/system-generators/systemd-sysv-generator";

    private static readonly string[] s_runlevels = ["/etc/rc2.d", "/etc/rc3.d", "/etc/rc4.d", "/etc/rc5.d"];

    /// <summary>The first that is enabled.</summary>
    internal RivalDaemon? FindEnabled(params ReadOnlySpan<RivalDaemon> daemons)
    {
        foreach (var daemon in daemons)
        {
            // What is left of a removed package is its configuration, and that may well be links.
            if (invocation.Input.Stat(daemon.Program, followLinks: true, out _) == FileKind.File && (IsEnabledUnit(daemon) ?? IsEnabledScript(daemon)))
            {
                return daemon;
            }
        }

        return null;
    }

    /// <summary>Null where it has no unit file: a script of the same name would count then.</summary>
    private bool? IsEnabledUnit(RivalDaemon daemon)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables())
        {
            environment[(string)entry.Key] = (string?)entry.Value ?? "";
        }

        var search = UnitSearchPath.For(RuntimeScope.System, environment, invocation.Root);
        var installer = new UnitFileInstaller(search, invocation.Input, new SpecifierHost(RuntimeScope.System, environment, invocation.Input));
        return installer.GetState(daemon.Name + ".service", out var state) != InstallError.None || state is UnitFileState.Generated
            ? null
            : state is UnitFileState.Enabled or UnitFileState.EnabledRuntime;
    }

    /// <summary>A script of System V is started only where systemd's generator makes a unit of it.</summary>
    private bool IsEnabledScript(RivalDaemon daemon)
    {
        if (invocation.Input.Stat(SysvGenerator, followLinks: true, out _) != FileKind.File)
        {
            return false;
        }

        foreach (var directory in s_runlevels)
        {
            foreach (var link in invocation.Input.List(directory))
            {
                if (link.Length == daemon.Name.Length + 3 && link[0] == 'S' && link.EndsWith(daemon.Name, StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
