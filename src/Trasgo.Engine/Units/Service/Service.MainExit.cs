using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private void OnMainExited(int pid, int code, int status)
    {
        var result = Judge(code, status, Settings.Type == ServiceType.Oneshot);

        // A daemon may hand over to another process, as long as it writes its PID file before the old one is gone.
        if (_pidFile.TryLoad(mayWarn: false, out var changed) && changed)
        {
            return;
        }

        Context.Units.Unwatch(pid, this);
        _main!.OnExited();
        RecordExit(MainStatus, pid, code, status);
        if (_commands.Main is { } cursor)
        {
            cursor.Current.Status.CopyFrom(MainStatus);
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
        HangUpIfDone();
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
}
