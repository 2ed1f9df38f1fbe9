using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    public override void OnProcessExited(int pid, int code, int status)
    {
        if (_main is { } main && main.Pid == pid)
        {
            OnMainExited(pid, code, status);
            Context.Observer.UnitChanged(this);
        }
        else if (_control is { } control && control.Pid == pid)
        {
            OnControlExited(pid, code, status);
            Context.Observer.UnitChanged(this);
        }
    }

    /// <summary>
    /// A command must exit with 0; a daemon may also be ended by the signals that are used to end daemons
    /// (systemd.service(5), SuccessExitStatus=).
    /// </summary>
    private ServiceResult Judge(int code, int status, bool isCommand)
    {
        var clean = code switch
        {
            ExitCodes.Exited => status == 0,
            ExitCodes.Killed => !isCommand && (status == Signo.SIGHUP || status == Signo.SIGINT || status == Signo.SIGTERM || status == Signo.SIGPIPE),
            _ => false,
        };
        if (clean || (code != ExitCodes.Dumped && Matches(Settings.SuccessExitStatus, code, status)))
        {
            return ServiceResult.Success;
        }

        return code switch
        {
            ExitCodes.Exited => ServiceResult.ExitCode,
            ExitCodes.Killed => ServiceResult.Signal,
            _ => ServiceResult.CoreDump,
        };
    }

    private void OnMainExited(int pid, int code, int status)
    {
        var result = Judge(code, status, Settings.Type == ServiceType.Oneshot);

        // A daemon may hand over to another process, as long as it writes its PID file before the old one is gone.
        if (Settings.PidFile is not null && _pidFile.TryLoad(mayWarn: false))
        {
            return;
        }

        Context.Units.Unwatch(pid, this);
        _main!.OnExited();
        RecordExit(MainStatus, pid, code, status);
        if (_commands.Main is { } cursor)
        {
            CopyStatus(MainStatus, cursor.Current.Status);
        }

        var command = _commands.Main?.Current ?? (Settings.ExecStart.Count > 0 ? Settings.ExecStart[0] : null);
        if (command is { IgnoreFailure: true })
        {
            result = ServiceResult.Success;
        }

        LogExit("Main process", result == ServiceResult.Success, code, status);
        Note(result);
        if (_commands.Main is { HasNext: true } && Settings.Type == ServiceType.Oneshot && result == ServiceResult.Success)
        {
            RunNextMain();
            return;
        }

        _commands.Main = null;
        if (Settings.ExitType == ServiceExitType.Main || Context.Processes.IsEmpty(this) != false)
        {
            AfterMainExit(result);
        }
        else if (_state == ServiceState.Start && Settings.Type is not (ServiceType.Notify or ServiceType.DBus))
        {
            EnterStartPost();
        }
    }

    /// <summary>The main process is gone for good, so the service is, unless its control process has still to say something.</summary>
    private void AfterMainExit(ServiceResult result)
    {
        switch (_state)
        {
            case ServiceState.StartPost or ServiceState.Reload:
                if (!ControlIsGood)
                {
                    EnterStop(result);
                }

                break;
            case ServiceState.Stop:
                break;
            case ServiceState.Start when Settings.Type == ServiceType.Oneshot:
                if (result == ServiceResult.Success)
                {
                    EnterStartPost();
                }
                else
                {
                    EnterSignal(ServiceState.StopSigterm, result);
                }

                break;
            case ServiceState.Start when Settings.Type == ServiceType.Notify:
                if (result != ServiceResult.Success)
                {
                    EnterSignal(ServiceState.StopSigterm, result);
                }
                else if (!Settings.RemainAfterExit || Settings.NotifyAccess == NotifyAccess.Main)
                {
                    // It never said READY=1, and nobody is left who could.
                    EnterSignal(ServiceState.StopSigterm, ServiceResult.Protocol);
                }

                break;
            case ServiceState.Start or ServiceState.Running:
                EnterRunning(result);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                if (!ControlIsGood)
                {
                    EnterStopPost(result);
                }

                break;
            case ServiceState.StopPost:
                if (!ControlIsGood)
                {
                    EnterSignal(ServiceState.FinalSigterm, result);
                }

                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                if (!ControlIsGood)
                {
                    EnterDead(result, allowRestart: true);
                }

                break;
            default:
                throw new InvalidOperationException($"{Id}: main process exited in state {SubState}");
        }
    }

    private void OnControlExited(int pid, int code, int status)
    {
        var isCommand = Settings.Type == ServiceType.Oneshot || _commands.ControlKind != ServiceCommand.Start;
        var result = Judge(code, status, isCommand);
        Context.Units.Unwatch(pid, this);
        _control!.OnExited();
        _control = null;
        if (_commands.Control is { } cursor)
        {
            RecordExit(cursor.Current.Status, pid, code, status);
            if (cursor.Current.IgnoreFailure)
            {
                result = ServiceResult.Success;
            }
        }

        result = JudgeCondition(result, status, out var kind, out var success);
        LogExit(kind, success, code, status);
        if (_state != ServiceState.Reload)
        {
            Note(result);
        }

        if (_commands.Control is { HasNext: true } && result == ServiceResult.Success)
        {
            RunNextControl();
            return;
        }

        _commands.ClearControl();
        AfterControlExit(result);
    }

    /// <summary>ExecCondition= that exits with 1 to 254 skips the service rather than failing it.</summary>
    private ServiceResult JudgeCondition(ServiceResult result, int status, out string kind, out bool success)
    {
        if (_state != ServiceState.Condition)
        {
            kind = "Control process";
            success = result == ServiceResult.Success;
            return result;
        }

        kind = "Condition check process";
        if (result == ServiceResult.ExitCode && status < 255)
        {
            ConditionResult = false;
            success = true;
            return ServiceResult.ExecCondition;
        }

        success = result == ServiceResult.Success;
        if (success)
        {
            ConditionResult = true;
        }

        return result;
    }

    private void AfterControlExit(ServiceResult result)
    {
        var ok = result == ServiceResult.Success;
        switch (_state)
        {
            case ServiceState.Condition when ok:
                EnterStartPre();
                break;
            case ServiceState.StartPre when ok:
                EnterStart();
                break;
            case ServiceState.Start when Settings.Type != ServiceType.Forking:
                // The type was changed by a reload of the configuration in between.
                break;
            case ServiceState.Start when ok:
                AfterForked();
                break;
            case ServiceState.StartPost when ok:
                AfterStartPost();
                break;
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost or ServiceState.Stop:
                EnterSignal(ServiceState.StopSigterm, result);
                break;
            case ServiceState.Reload:
                if (ok && !_pidFile.TryLoad(mayWarn: true))
                {
                    GuessMain();
                }

                ReloadResult = result;
                EnterRunning(ServiceResult.Success);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                if (MainIsGood() != true)
                {
                    EnterStopPost(result);
                }

                break;
            case ServiceState.StopPost:
                if (MainIsGood() != true)
                {
                    EnterSignal(ServiceState.FinalSigterm, result);
                }

                break;
            case ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill:
                if (MainIsGood() != true)
                {
                    EnterDead(result, allowRestart: true);
                }

                break;
            case ServiceState.Cleaning:
                CleanResult = CleanResult == ServiceResult.Success ? result : CleanResult;
                EnterDead(ServiceResult.Success, allowRestart: false);
                break;
            default:
                throw new InvalidOperationException($"{Id}: control process exited in state {SubState}");
        }
    }

    /// <summary>Type=forking: the first process has exited, so the daemon runs, and its PID is to be found.</summary>
    private void AfterForked()
    {
        if (Settings.PidFile is null)
        {
            GuessMain();
            EnterStartPost();
            return;
        }

        // ExecStartPost= may be what writes the file.
        var hasStartPost = Settings.ExecStartPost.Count > 0;
        if (_pidFile.TryLoad(mayWarn: !hasStartPost) || hasStartPost)
        {
            EnterStartPost();
        }
        else
        {
            _pidFile.Demand();
            if (Context.Processes.IsEmpty(this) == true && _state == ServiceState.Start)
            {
                EnterSignal(ServiceState.StopSigterm, ServiceResult.Protocol);
            }
        }
    }

    private void AfterStartPost()
    {
        if (Settings.PidFile is null)
        {
            GuessMain();
        }
        else if (!_pidFile.TryLoad(mayWarn: true))
        {
            _pidFile.Demand();
            if (Context.Processes.IsEmpty(this) == true && _state == ServiceState.StartPost)
            {
                EnterStop(ServiceResult.Protocol);
            }

            return;
        }

        EnterRunning(ServiceResult.Success);
    }

    /// <summary>GuessMainPID=: if exactly one child of ours is left in the service, that is it.</summary>
    private void GuessMain()
    {
        if (_mainKnown || !Settings.GuessMainPid)
        {
            return;
        }

        var candidate = 0;
        foreach (var pid in Context.Processes.ProcessesOf(this))
        {
            if (Processes.ParentPid(pid) != Environment.ProcessId || Processes.IsZombie(pid))
            {
                continue;
            }

            if (candidate != 0)
            {
                return;
            }

            candidate = pid;
        }

        if (candidate != 0)
        {
            Log(LogLevel.Debug, $"Main PID guessed: {candidate}");
            AdoptMain(candidate);
        }
    }

    public override void OnProcessesGone()
    {
        Log(LogLevel.Debug, "Control group is empty.");
        var mainIsDead = MainIsGood() == false;
        var nobody = MainIsGood() != true && !ControlIsGood;
        switch (_state)
        {
            case ServiceState.Start when Settings.Type == ServiceType.Notify && mainIsDead && !ControlIsGood:
                EnterStopPost(ServiceResult.Protocol);
                break;
            case ServiceState.Start when Settings.ExitType == ServiceExitType.ControlGroup && MainIsGood() != true:
                EnterStopPost(ServiceResult.Success);
                break;
            case ServiceState.Start or ServiceState.StartPost when _pidFile.IsAwaited && nobody:
                Log(LogLevel.Warning, "Daemon never wrote its PID file. Failing.");
                _pidFile.Stop();
                if (_state == ServiceState.Start)
                {
                    EnterStopPost(ServiceResult.Protocol);
                }
                else
                {
                    EnterStop(ServiceResult.Protocol);
                }

                break;
            case ServiceState.Running:
                EnterRunning(ServiceResult.Success);
                break;
            case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill when nobody:
                EnterStopPost(ServiceResult.Success);
                break;
            case ServiceState.StopPost or ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill when nobody:
                EnterDead(ServiceResult.Success, allowRestart: true);
                break;
            case ServiceState.Dead or ServiceState.Failed:
                Context.Processes.Release(this);
                break;
            default:
                // The exits of main and control process say more than that nobody is left.
                break;
        }
    }

    private static void CopyStatus(ExecStatus from, ExecStatus to)
    {
        to.StartRealtime = from.StartRealtime;
        to.StartMonotonic = from.StartMonotonic;
        to.ExitRealtime = from.ExitRealtime;
        to.ExitMonotonic = from.ExitMonotonic;
        to.Pid = from.Pid;
        to.Code = from.Code;
        to.Status = from.Status;
    }

    private void LogExit(string kind, bool success, int code, int status)
    {
        var level = success ? LogLevel.Debug : code == ExitCodes.Exited ? LogLevel.Notice : LogLevel.Warning;
        var name = code == ExitCodes.Exited ? ExitStatuses.Name(status) ?? "n/a" : SignalNames.Short(status);
        Log(level, $"{kind} exited, code={ExitCodes.Name(code)}, status={status}/{name}{(success ? " (success)" : "")}");
    }
}
