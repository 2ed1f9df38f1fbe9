using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>What generators are told of the system in their environment (systemd.generator(7)).</summary>
internal static class GeneratorEnvironment
{
    public static List<string> Make(RuntimeScope scope, IReadOnlyList<string> manager, bool? firstBoot)
    {
        var variables = new List<string>(manager) { "SYSTEMD_SCOPE=" + (scope == RuntimeScope.System ? "system" : "user") };
        if (scope == RuntimeScope.System)
        {
            variables.Add("SYSTEMD_IN_INITRD=" + Digit(HostText.Exists("/etc/initrd-release")));
            if (firstBoot is { } first)
            {
                variables.Add("SYSTEMD_FIRST_BOOT=" + Digit(first));
            }
        }

        if (Container.IsContainer)
        {
            variables.Add("SYSTEMD_VIRTUALIZATION=container:" + Container.Detect());
        }
        else if (VirtualMachine.Detect() != VirtualMachine.None)
        {
            variables.Add("SYSTEMD_VIRTUALIZATION=vm:" + VirtualMachine.Detect());
        }

        variables.Add("SYSTEMD_ARCHITECTURE=" + HostArchitecture.Name);
        return variables;
    }

    private static char Digit(bool value) => value ? '1' : '0';
}
