using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>The machine's, or the PID namespace's, end by reboot(2). Returns only where the kernel refuses.</summary>
internal static class KernelReboot
{
    public static void Now(ManagerObjective objective, string? argument)
    {
        Reboot.SyncFileSystems();
        _ = Ask(objective, argument);
    }

    public static Errno Ask(ManagerObjective objective, string? argument)
    {
        if (objective is ManagerObjective.Reboot or ManagerObjective.Kexec)
        {
            if (objective == ManagerObjective.Kexec)
            {
                _ = Reboot.KexecRestart();
            }

            if (!string.IsNullOrEmpty(argument))
            {
                _ = Reboot.RestartWith(argument);
            }

            return Reboot.Restart();
        }

        return objective == ManagerObjective.Halt ? Reboot.Halt() : Reboot.PowerOff();
    }
}
