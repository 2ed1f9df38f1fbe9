using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private bool _forbidRestart;
    private bool _willAutoRestart;
    private bool _flushRestartCount;
    private bool _mainKnown;

    /// <summary>A new run begins: what the last one left to be looked at is cleared.</summary>
    private void ResetRun()
    {
        Result = ServiceResult.Success;
        ReloadResult = ServiceResult.Success;
        _main = null;
        _mainKnown = false;
        _forbidRestart = false;
        StatusText = "";
        StatusErrno = 0;
        _notifyState = ServiceNotification.Unknown;
        _watchdog.Reset();
        for (var kind = ServiceCommand.Condition; kind <= ServiceCommand.StopPost; kind++)
        {
            foreach (var command in CommandsOf(kind))
            {
                command.Status.Reset();
            }
        }

        MainStatus.Reset();
        if (_flushRestartCount)
        {
            RestartCount = 0;
            _flushRestartCount = false;
        }
    }

    private void EnterCondition()
    {
        if (!StartControl(ServiceCommand.Condition, ServiceState.Condition))
        {
            EnterStartPre();
        }
    }

    private void EnterStartPre()
    {
        if (!StartControl(ServiceCommand.StartPre, ServiceState.StartPre))
        {
            EnterStart();
        }
    }

    private void EnterStart()
    {
        DropControl();
        DropMain();
        _commands.ClearControl();
        _commands.Main = null;
        if (RefusesLeftovers())
        {
            FailStart("Device or resource busy");
            return;
        }

        var first = CommandCursor.First(Settings.ExecStart);
        if (first is null)
        {
            if (Settings.Type != ServiceType.Oneshot)
            {
                Log(LogLevel.Error, "There's no 'start' task anymore we could start.");
                FailStart("No such device or address");
                return;
            }

            // Passed through, so that whoever waits for activating and active gets to see them.
            SetState(ServiceState.Start);
            EnterStartPost();
            return;
        }

        var isSimple = Settings.Type is ServiceType.Simple or ServiceType.Idle;
        SetDeadline(isSimple ? ulong.MaxValue : Settings.TimeoutStart);
        if (Settings.Type == ServiceType.Forking)
        {
            _commands.SetControl(ServiceCommand.Start, first);
            BeginControl(first, ExecRole.Main | StartRole, ServiceState.Start);
        }
        else
        {
            _commands.Main = first;
            if (Settings.Type == ServiceType.Idle)
            {
                SetState(ServiceState.Start);
                Context.Queues.Idle.Wait(this, () => StartIdle(first));
            }
            else if (TryStartMain(first))
            {
                SetState(ServiceState.Start);
            }
        }
    }

    private void StartIdle(CommandCursor first)
    {
        if (ReferenceEquals(first, _commands.Main) && _state == ServiceState.Start)
        {
            _ = TryStartMain(first);
        }
    }

    public override bool StartIsDecided =>
        _state == ServiceState.Start && Settings.Type is ServiceType.Simple && Settings.ExecStartPost.Count == 0 &&
        _main is { Phase: ProcessPhase.Starting };

    private const ExecRole StartRole = ExecRole.PassDescriptors | ExecRole.Terminal | ExecRole.Watchdog;

    /// <summary>The first command fails the start; after that there is something up that is to be stopped in order.</summary>
    private void OnMainNeverRan(UnitProcess process)
    {
        var reason = process.ErrorText ?? ErrnoNames.Message(process.Error);
        _main = null;
        _mainKnown = false;
        if (_commands.Main is { IsFirst: false })
        {
            Log(LogLevel.Warning, $"Failed to run next main task: {reason}");
            EnterStop(ServiceResult.Resources);
        }
        else
        {
            FailStart(reason);
        }
    }

    private void FailStart(string reason)
    {
        Log(LogLevel.Warning, $"Failed to run 'start' task: {reason}");
        EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources);
    }

    /// <summary>
    /// KillMode=control-group and mixed promise that all processes are killed, SendSIGKILL=no that they are not killed
    /// brutally: such a service must not be started beside what is left of its former run.
    /// </summary>
    private bool RefusesLeftovers()
    {
        var left = Context.Processes.ProcessesOf(this);
        if (left.Count == 0)
        {
            return false;
        }

        foreach (var pid in left)
        {
            var comm = Context.ProcessTable.Comm(pid);
            Log(LogLevel.Warning, $"Found left-over process {pid} ({comm}) in control group while starting unit. Ignoring.\n" +
                "This usually indicates unclean termination of a previous run, or service implementation deficiencies.");
        }

        if (Kill.SendSigKill || Kill.KillMode is not (KillMode.ControlGroup or KillMode.Mixed))
        {
            return false;
        }

        Log(LogLevel.Error, "Will not start SendSIGKILL=no service of type KillMode=control-group or mixed while processes exist");
        return true;
    }

    /// <summary>The kernel's answer about the main process.</summary>
    private void OnMainStarted(UnitProcess process)
    {
        if (!ReferenceEquals(process, _main))
        {
            return;
        }

        if (process.Phase == ProcessPhase.NeverRan)
        {
            OnMainNeverRan(process);
            return;
        }

        Context.Observer.UnitChanged(this);
        RecordStart(MainStatus, process.Pid);
        if (_commands.Main is { } running)
        {
            RecordStart(running.Current.Status, process.Pid);
        }

        if (process.IsPreparing)
        {
            process.WhenExecuted(OnMainExecuted);
        }

        LogFailedStep(process, _commands.Main);
        AdvanceStart(process);
    }

    /// <summary>The main process had more to do before its program; only now is the program reached, or not.</summary>
    private void OnMainExecuted(UnitProcess process)
    {
        if (ReferenceEquals(process, _main))
        {
            LogFailedStep(process, _commands.Main);
            if (Settings.Type == ServiceType.Exec)
            {
                AdvanceStart(process);
            }
        }
    }

    private void AdvanceStart(UnitProcess process)
    {
        if (_state != ServiceState.Start)
        {
            return;
        }

        switch (Settings.Type)
        {
            case ServiceType.Simple or ServiceType.Idle:
            case ServiceType.Exec when process is { FailedStatus: 0, IsPreparing: false, IsAlive: true }:
                EnterStartPost();
                break;
            default:
                // Oneshot waits for its end, notify for READY=1, dbus for its name, and a failed exec for the exit that follows.
                break;
        }
    }

    private void EnterStartPost()
    {
        DropControl();
        _watchdog.Restart();
        if (!StartControl(ServiceCommand.StartPost, ServiceState.StartPost))
        {
            EnterRunning(ServiceResult.Success);
        }
    }

    /// <summary>
    /// Running, if the service is: where it is not, RemainAfterExit= keeps it up as Exited, and otherwise it is stopped.
    /// </summary>
    private void EnterRunning(ServiceResult result)
    {
        Note(result);
        DropControl();
        _commands.ClearControl();
        if (Result != ServiceResult.Success)
        {
            EnterSignal(ServiceState.StopSigterm, result);
        }
        else if (IsGood())
        {
            switch (_notifyState)
            {
                case ServiceNotification.Reloading:
                    EnterReloadByNotify();
                    break;
                case ServiceNotification.Stopping:
                    EnterStopByNotify();
                    break;
                default:
                    SetState(ServiceState.Running);
                    SetDeadlineAt(RuntimeDeadline());
                    WatchForEnd();
                    break;
            }
        }
        else if (Settings.RemainAfterExit)
        {
            SetState(ServiceState.Exited);
        }
        else
        {
            EnterStop(ServiceResult.Success);
        }
    }

    /// <summary>Without a main process whose exit would be reported, only the end of the last process tells.</summary>
    private void WatchForEnd()
    {
        if (!_mainKnown || _main is not { IsAlive: true, IsAlien: false } || Settings.ExitType == ServiceExitType.ControlGroup)
        {
            Context.Processes.WatchEmpty(this);
        }
    }

    private bool IsGood()
    {
        if (Settings.Type == ServiceType.DBus && _busNameOwner is null)
        {
            return false;
        }

        return MainIsGood() switch
        {
            true => true,
            false when Settings.ExitType == ServiceExitType.Main => false,
            _ => Context.Processes.IsEmpty(this) == false,
        };
    }

    /// <summary>True when it lives, false when it is known to be dead, null when there is none that is known.</summary>
    private bool? MainIsGood()
    {
        if (!_mainKnown)
        {
            return null;
        }

        return _main is { IsAlive: true } main && (!main.IsAlien || main.Handle is null || main.Handle.IsAlive);
    }

    private bool ControlIsGood => _control is { IsAlive: true };

    private void EnterReload()
    {
        DropControl();
        ReloadResult = ServiceResult.Success;
        if (!StartControl(ServiceCommand.Reload, ServiceState.Reload))
        {
            EnterRunning(ServiceResult.Success);
        }
    }

    private void EnterReloadByNotify()
    {
        SetDeadline(Settings.TimeoutStart);
        SetState(ServiceState.Reload);
        if (Context.PropagateReload(this) is { } refusal)
        {
            Log(LogLevel.Warning, $"Failed to schedule propagation of reload: {refusal.Message}");
        }
    }
}
