using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// `systemctl kill`: a signal that somebody asked for, as opposed to one that stops a unit. Unlike the latter it is
/// reported when it reaches nobody.
/// </summary>
internal sealed class UnitKiller(EngineContext context)
{
    public const string NoSuchProcess = "org.freedesktop.systemd1.NoSuchProcess";

    /// <summary>Null when it was delivered; otherwise the bus error and its text.</summary>
    public BusFailure? Kill(Unit unit, KillWhom whom, int signo)
    {
        var hasProcesses = unit.Type is UnitType.Service or UnitType.Socket or UnitType.Mount or UnitType.Swap or UnitType.Scope or UnitType.Slice;
        if (!hasProcesses)
        {
            return new BusFailure("org.freedesktop.DBus.Error.NotSupported", $"Unit type {unit.Type.ToText()} does not support process killing.");
        }

        if (MissingProcess(unit, whom) is { } missing)
        {
            return new BusFailure(NoSuchProcess, missing);
        }

        // Read before anybody is signalled: what a process starts in answer to its signal is not meant.
        IReadOnlyList<int> others = whom is (KillWhom.All or KillWhom.AllFail) && signo != Signo.SIGKILL ? context.Processes.ProcessesOf(unit) : [];
        var delivered = 0;
        BusFailure? error = null;
        if (whom is not (KillWhom.Main or KillWhom.MainFail))
        {
            delivered += Send(unit, unit.ControlPid, "control", signo, ref error);
        }

        if (whom is not (KillWhom.Control or KillWhom.ControlFail))
        {
            delivered += Send(unit, unit.MainPid, "main", signo, ref error);
        }

        foreach (var pid in others)
        {
            if (pid != unit.MainPid && pid != unit.ControlPid)
            {
                BusFailure? gone = null;
                delivered += Send(unit, pid, "auxiliary", signo, ref gone, known: false);
            }
        }

        if (whom is (KillWhom.All or KillWhom.AllFail) && signo == Signo.SIGKILL)
        {
            delivered += context.Processes.Kill(
                unit,
                signo,
                thenContinue: false,
                [unit.MainPid, unit.ControlPid],
                pid => unit.Log(LogLevel.Info, $"Sent signal SIG{SignalNames.Short(signo)} to process {pid} ({context.ProcessTable.Comm(pid)}) on client request."));
        }

        var mustReach = whom is KillWhom.AllFail or KillWhom.MainFail or KillWhom.ControlFail;
        return error ?? (delivered == 0 && mustReach ? new BusFailure(NoSuchProcess, "No matching processes to kill") : null);
    }

    private static string? MissingProcess(Unit unit, KillWhom whom)
    {
        var isService = unit.Type is UnitType.Service;
        var hasControl = unit.Type is UnitType.Service or UnitType.Socket or UnitType.Mount or UnitType.Swap;
        return whom switch
        {
            KillWhom.Main or KillWhom.MainFail when !isService => $"{unit.Type.ToText()} units have no main processes",
            KillWhom.Main or KillWhom.MainFail when unit.MainPid == 0 => "No main process to kill",
            KillWhom.Control or KillWhom.ControlFail when !hasControl => $"{unit.Type.ToText()} units have no control processes",
            KillWhom.Control or KillWhom.ControlFail when unit.ControlPid == 0 => "No control process to kill",
            _ => null,
        };
    }

    /// <summary>Of a process that is not <paramref name="known"/> to be the unit's for as long as it is not reaped, it is looked at again.</summary>
    private int Send(Unit unit, int pid, string role, int signo, ref BusFailure? error, bool known = true)
    {
        if (pid <= 0)
        {
            return 0;
        }

        var comm = context.ProcessTable.Comm(pid);
        var name = SignalNames.Short(signo);
        using var handle = context.ProcessTable.Open(pid, out var errno);
        if (!known && handle is not null && !context.Processes.Holds(unit, pid))
        {
            return 0;
        }

        if (handle is not null && handle.Signal(signo, out errno))
        {
            unit.Log(LogLevel.Info, $"Sent signal SIG{name} to {role} process {pid} ({comm}) on client request.");
            return 1;
        }

        var text = ErrnoNames.Message(errno);
        unit.Log(LogLevel.Warning, $"Failed to send signal SIG{name} to {role} process {pid} ({comm}) on client request: {text}");
        error ??= new BusFailure("org.freedesktop.DBus.Error.Failed", $"Failed to send signal SIG{name} to {role} process {pid} ({comm}): {text}");
        return 0;
    }
}

/// <summary>Whom `systemctl kill` is for: --kill-whom=, and the -fail forms of the bus.</summary>
internal enum KillWhom
{
    Main,
    Control,
    All,
    MainFail,
    ControlFail,
    AllFail,
}
