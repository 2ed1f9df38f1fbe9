using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
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
                Context.Processes.Release(this, keepCounts: true);
                break;
            default:
                // The exits of main and control process say more than that nobody is left.
                break;
        }
    }
}
