using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
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
            if (_state == ServiceState.Start && !IsSomebodyLeftToWriteIt())
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
            if (_state == ServiceState.StartPost && !IsSomebodyLeftToWriteIt())
            {
                EnterStop(ServiceResult.Protocol);
            }

            return;
        }

        EnterRunning(ServiceResult.Success);
    }

    /// <summary>
    /// The daemon may end without writing its PID file right after its parent, too, and then nobody's exit is told. systemd learns of it by the
    /// timeout of the start.
    /// </summary>
    private bool IsSomebodyLeftToWriteIt()
    {
        if (Context.Processes.IsEmpty(this) == true)
        {
            return false;
        }

        Context.Processes.WatchEmpty(this);
        return true;
    }
}
