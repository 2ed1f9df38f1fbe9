using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>Why processes are killed, which decides on the signal (systemd.kill(5)).</summary>
internal enum KillOperation
{
    Terminate,

    /// <summary>As <see cref="Terminate"/>, of processes that nobody answers for any more: who it hits is worth a line each.</summary>
    TerminateAndLog,
    Restart,
    Kill,
    Watchdog,
}

internal abstract partial class Unit
{
    /// <summary>
    /// Signals the unit's processes so that it can go down. Returns whether there is anything to wait for: not for KillMode=none,
    /// nor for a main process that is nobody's child of ours.
    /// </summary>
    protected bool KillProcesses(KillConfig kill, KillOperation operation, UnitProcess? main, UnitProcess? control)
    {
        if (kill.KillMode == KillMode.None)
        {
            return false;
        }

        var signo = SignalOf(kill, operation);
        var noteworthy = operation is KillOperation.Kill or KillOperation.Watchdog or KillOperation.TerminateAndLog;
        var hangUp = kill.SendSigHup && operation is (KillOperation.Terminate or KillOperation.TerminateAndLog) && signo != Signo.SIGHUP;
        Context.Processes.LookAround(this);
        var wait = KillProcess(main, "main", signo, hangUp, noteworthy) && main is { IsAlien: false };
        wait |= KillProcess(control, "control", signo, hangUp, noteworthy);

        if (kill.KillMode == KillMode.ControlGroup || (kill.KillMode == KillMode.Mixed && operation == KillOperation.Kill))
        {
            ReadOnlySpan<int> except = [main?.Pid ?? 0, control?.Pid ?? 0];
            var reached = Context.Processes.Kill(this, signo, thenContinue: true, except, noteworthy ? KillingLogger(signo) : null);
            wait |= reached > 0;
            if (reached > 0 && hangUp)
            {
                Context.Processes.Kill(this, Signo.SIGHUP, thenContinue: false, except, reached: null);
            }
        }

        if (wait)
        {
            Context.Processes.WatchEmpty(this);
        }

        return wait;
    }

    private bool KillProcess(UnitProcess? process, string role, int signo, bool hangUp, bool noteworthy)
    {
        if (process is not { IsAlive: true })
        {
            return false;
        }

        if (noteworthy)
        {
            LogKilling(process.Pid, signo);
        }

        if (!process.Signal(signo, thenContinue: true, out var error))
        {
            if (error == Errno.ESRCH)
            {
                // A zombie that is about to be reaped: its end is still to come.
                return true;
            }

            Log(LogLevel.Warning, $"Failed to kill {role} process {process.Pid} ({Context.ProcessTable.Comm(process.Pid)}), ignoring: {ErrnoNames.Message(error)}");
            return false;
        }

        if (hangUp)
        {
            process.Signal(Signo.SIGHUP);
        }

        return true;
    }

    private Action<int> KillingLogger(int signo) => pid => LogKilling(pid, signo);

    private void LogKilling(int pid, int signo) =>
        Log(LogLevel.Notice, $"Killing process {pid} ({Context.ProcessTable.Comm(pid)}) with signal SIG{SignalNames.Short(signo)}.");

    private static int SignalOf(KillConfig kill, KillOperation operation) => operation switch
    {
        KillOperation.Terminate or KillOperation.TerminateAndLog => kill.KillSignal,
        KillOperation.Restart => kill.EffectiveRestartKillSignal,
        KillOperation.Kill => kill.FinalKillSignal,
        KillOperation.Watchdog => kill.WatchdogSignal,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, message: null),
    };
}
