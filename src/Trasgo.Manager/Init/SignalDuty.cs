using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>What a signal makes the manager do.</summary>
internal enum SignalAction
{
    Ignore,
    StartUnit,
    CtrlAltDel,
    SetObjective,
    Reload,
    Reexecute,
    Dump,
    ShowStatus,
    LogLevel,
    LogTarget,
}

/// <summary>A row of the table: the action and what it needs.</summary>
internal readonly record struct SignalDuty(
    int Signo, SignalAction Action, string Argument = "", JobMode Mode = JobMode.Replace, ManagerObjective Objective = ManagerObjective.Run);

/// <summary>
/// The signals of systemd(1). Those of PID 1 begin at SIGRTMIN, which the runtime keeps for itself: "isolate default.target" can be had
/// only through systemctl.
/// </summary>
internal static class SignalTable
{
    private static readonly SignalDuty[] s_common =
    [
        new(Signo.SIGHUP, SignalAction.Reload),
        new(Signo.SIGUSR1, SignalAction.StartUnit, "dbus.service"),
        new(Signo.SIGUSR2, SignalAction.Dump),
        new(Signo.SIGRTMIN + 20, SignalAction.ShowStatus, "yes"),
        new(Signo.SIGRTMIN + 21, SignalAction.ShowStatus, "no"),
        new(Signo.SIGRTMIN + 22, SignalAction.LogLevel, "debug"),
        new(Signo.SIGRTMIN + 23, SignalAction.LogLevel),
        new(Signo.SIGRTMIN + 25, SignalAction.Reexecute),
        new(Signo.SIGRTMIN + 26, SignalAction.LogTarget),
        new(Signo.SIGRTMIN + 27, SignalAction.LogTarget, "console"),
        new(Signo.SIGRTMIN + 28, SignalAction.LogTarget, "kmsg"),
        new(Signo.SIGRTMIN + 29, SignalAction.LogTarget),
    ];

    private static readonly SignalDuty[] s_ofTargets =
    [
        Start(1, SpecialUnits.RescueTarget, JobMode.Isolate),
        Start(2, SpecialUnits.EmergencyTarget, JobMode.Isolate),
        Start(3, SpecialUnits.HaltTarget, JobMode.ReplaceIrreversibly),
        Start(4, SpecialUnits.PoweroffTarget, JobMode.ReplaceIrreversibly),
        Start(5, SpecialUnits.RebootTarget, JobMode.ReplaceIrreversibly),
        Start(6, SpecialUnits.KexecTarget, JobMode.ReplaceIrreversibly),
    ];

    private static readonly SignalDuty[] s_ofObjectives =
    [
        End(13, ManagerObjective.Halt),
        End(14, ManagerObjective.PowerOff),
        End(15, ManagerObjective.Reboot),
        End(16, ManagerObjective.Kexec),
    ];

    private static readonly SignalDuty[] s_ofSystem = [.. s_common, .. s_ofTargets, .. s_ofObjectives];

    /// <summary>
    /// <paramref name="stopsWithSigterm"/>: whoever runs the container ends it by SIGTERM to PID 1, which for systemd means
    /// to execute itself anew.
    /// </summary>
    public static IReadOnlyList<SignalDuty> For(ManagerRole role, bool stopsWithSigterm) => role switch
    {
        ManagerRole.Init =>
        [
            .. s_ofSystem,
            stopsWithSigterm ? Exit(Signo.SIGTERM) : new SignalDuty(Signo.SIGTERM, SignalAction.Reexecute),
            new SignalDuty(Signo.SIGINT, SignalAction.CtrlAltDel, SpecialUnits.CtrlAltDelTarget, JobMode.ReplaceIrreversibly),
            new SignalDuty(Signo.SIGWINCH, SignalAction.StartUnit, SpecialUnits.KbRequestTarget),
            new SignalDuty(Signo.SIGPWR, SignalAction.StartUnit, SpecialUnits.SigpwrTarget),
        ],

        // Beside another PID 1 SIGINT is a terminal's and not a keyboard's three keys, and SIGTERM has no other meaning than its name.
        ManagerRole.System =>
        [
            .. s_ofSystem,
            Exit(Signo.SIGTERM),
            Exit(Signo.SIGINT),
            new SignalDuty(Signo.SIGPWR, SignalAction.StartUnit, SpecialUnits.SigpwrTarget),
        ],
        _ => [.. s_common, Exit(Signo.SIGTERM), Exit(Signo.SIGINT), End(24, ManagerObjective.Exit)],
    };

    private static SignalDuty Start(int offset, string unit, JobMode mode) =>
        new(Signo.SIGRTMIN + offset, SignalAction.StartUnit, unit, mode);

    private static SignalDuty End(int offset, ManagerObjective objective) =>
        new(Signo.SIGRTMIN + offset, SignalAction.SetObjective, Objective: objective);

    private static SignalDuty Exit(int signo) =>
        new(signo, SignalAction.StartUnit, SpecialUnits.ExitTarget, JobMode.ReplaceIrreversibly);
}
