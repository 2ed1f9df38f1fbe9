using System.Text;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Files;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>
/// FailureAction= and its kin (systemd.unit(5)). The plain actions start a target, so that units are stopped in order; -force ends the
/// manager, which kills what is left; -immediate asks the kernel at once. Only PID 1 ever asks the kernel: for a manager beside another
/// PID 1 the machine is not its own, and it ends itself instead.
/// </summary>
internal sealed class EmergencyActions(IManagerControl control, IEngineLog log) : IEmergencyActions
{
    /// <summary>Where the next reboot(2) finds its argument.</summary>
    public const string RebootArgumentFile = "/run/systemd/reboot-param";

    /// <summary>The namespace is ours to end, and its end has an exit status that somebody looks at.</summary>
    public bool CanExit { get; init; } = control.Role != ManagerRole.Init || Container.IsContainer || PidNamespace.IsContained;

    /// <summary>For tests: what stands for the kernel.</summary>
    public Action<ManagerObjective, string?> AskKernel { get; init; } = KernelReboot.Now;

    public void Run(EmergencyAction action, string? rebootArgument, int? exitStatus, string reason, bool warn = false)
    {
        if (action == EmergencyAction.None)
        {
            return;
        }

        if (action is EmergencyAction.Reboot or EmergencyAction.PowerOff or EmergencyAction.Exit && control.IsShuttingDown)
        {
            log.Write(LogLevel.Notice, unit: null, $"Shutdown is already active. Skipping emergency action request {SharedWords.EmergencyAction.Name(action)}.");
            return;
        }

        if (action is EmergencyAction.Exit or EmergencyAction.ExitForce)
        {
            if (exitStatus is { } status)
            {
                control.SetExitStatus(status);
            }

            if (!CanExit)
            {
                action = action == EmergencyAction.Exit ? EmergencyAction.PowerOff : EmergencyAction.PowerOffForce;
                log.Write(LogLevel.Notice, unit: null, $"Doing {SharedWords.EmergencyAction.Name(action)} instead, a machine cannot exit.");
            }
        }

        Tell($"{Verb(action)}: {reason}", warn);
        if (action is EmergencyAction.Reboot or EmergencyAction.RebootForce && control.Role == ManagerRole.Init)
        {
            Remember(rebootArgument);
        }

        Do(action, rebootArgument);
    }

    private void Do(EmergencyAction action, string? rebootArgument)
    {
        switch (action)
        {
            case EmergencyAction.Reboot:
                control.StartUnit(SpecialUnits.RebootTarget, JobMode.ReplaceIrreversibly);
                break;
            case EmergencyAction.PowerOff:
                control.StartUnit(SpecialUnits.PoweroffTarget, JobMode.ReplaceIrreversibly);
                break;
            case EmergencyAction.Exit:
                control.StartUnit(SpecialUnits.ExitTarget, JobMode.ReplaceIrreversibly);
                break;
            case EmergencyAction.RebootForce:
                control.SetObjective(ManagerObjective.Reboot);
                break;
            case EmergencyAction.PowerOffForce:
                control.SetObjective(ManagerObjective.PowerOff);
                break;
            case EmergencyAction.ExitForce:
                control.SetObjective(ManagerObjective.Exit);
                break;
            case EmergencyAction.RebootImmediate:
                Immediately(ManagerObjective.Reboot, rebootArgument);
                break;
            case EmergencyAction.PowerOffImmediate:
                Immediately(ManagerObjective.PowerOff, argument: null);
                break;
        }
    }

    /// <summary>What the kernel refuses, as it does in a container without the privilege, is done by ending.</summary>
    private void Immediately(ManagerObjective objective, string? argument)
    {
        if (control.Role == ManagerRole.Init)
        {
            AskKernel(objective, argument);
        }

        control.SetObjective(objective);
    }

    private void Remember(string? argument)
    {
        if (string.IsNullOrEmpty(argument))
        {
            FileSystem.Remove(RebootArgumentFile);
        }
        else if (HostFiles.WriteAtomically(RebootArgumentFile, Encoding.UTF8.GetBytes(argument)) is var error and not 0)
        {
            log.Write(LogLevel.Warning, unit: null, $"Failed to write {RebootArgumentFile}: {error}");
        }
    }

    private void Tell(string message, bool warn)
    {
        log.Write(warn ? LogLevel.Warning : LogLevel.Debug, unit: null, message);
        if (warn)
        {
            control.ShowEmergency(message);
        }
    }

    private static string Verb(EmergencyAction action) => action switch
    {
        EmergencyAction.Reboot => "Rebooting",
        EmergencyAction.RebootForce => "Forcibly rebooting",
        EmergencyAction.RebootImmediate => "Rebooting immediately",
        EmergencyAction.PowerOff => "Powering off",
        EmergencyAction.PowerOffForce => "Forcibly powering off",
        EmergencyAction.PowerOffImmediate => "Powering off immediately",
        EmergencyAction.ExitForce => "Exiting immediately",
        _ => "Exiting",
    };
}
