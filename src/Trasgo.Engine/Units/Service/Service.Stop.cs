using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private void EnterStop(ServiceResult result)
    {
        Note(result);
        DropControl();
        if (!StartControl(ServiceCommand.Stop, ServiceState.Stop))
        {
            EnterSignal(ServiceState.StopSigterm, ServiceResult.Success);
        }
    }

    private void EnterStopByNotify()
    {
        SetDeadline(Settings.TimeoutStop);

        // The service says that it stops by itself, as if it had been sent SIGTERM.
        SetState(ServiceState.StopSigterm);
        Context.Processes.WatchEmpty(this);
    }

    private void EnterStopPost(ServiceResult result)
    {
        Note(result);
        DropControl();
        if (!StartControl(ServiceCommand.StopPost, ServiceState.StopPost))
        {
            EnterSignal(ServiceState.FinalSigterm, ServiceResult.Success);
        }
    }

    /// <summary>
    /// Signals what is left and waits for it; where nothing is left, goes on at once. The two rounds, before and after
    /// ExecStopPost=, go by the same steps.
    /// </summary>
    private void EnterSignal(ServiceState state, ServiceResult result)
    {
        while (true)
        {
            Note(result);
            var operation = OperationOf(state);
            if (KillProcesses(Kill, operation, _main, _control))
            {
                SetDeadline(operation == KillOperation.Watchdog ? AbortTimeout : Settings.TimeoutStop);
                SetState(state);
                return;
            }

            result = ServiceResult.Success;
            switch (state)
            {
                case ServiceState.StopWatchdog or ServiceState.StopSigterm when Kill.SendSigKill:
                    state = ServiceState.StopSigkill;
                    break;
                case ServiceState.StopWatchdog or ServiceState.StopSigterm or ServiceState.StopSigkill:
                    EnterStopPost(ServiceResult.Success);
                    return;
                case ServiceState.FinalWatchdog or ServiceState.FinalSigterm when Kill.SendSigKill:
                    state = ServiceState.FinalSigkill;
                    break;
                default:
                    EnterDead(ServiceResult.Success, allowRestart: true);
                    return;
            }
        }
    }

    private ulong AbortTimeout => Settings.EffectiveTimeoutAbort;

    private KillOperation OperationOf(ServiceState state) => state switch
    {
        ServiceState.StopWatchdog or ServiceState.FinalWatchdog => KillOperation.Watchdog,
        ServiceState.StopSigterm when Job is { Type: JobType.Restart } => KillOperation.Restart,
        ServiceState.StopSigterm or ServiceState.FinalSigterm => KillOperation.Terminate,
        ServiceState.StopSigkill or ServiceState.FinalSigkill => KillOperation.Kill,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, message: null),
    };

    private void EnterDead(ServiceResult result, bool allowRestart)
    {
        // A stop that is queued already must not be undone by Restart=.
        if (Job is { Type: JobType.Stop })
        {
            allowRestart = false;
        }

        Note(result);
        LogEnd();
        _willAutoRestart = allowRestart && ShallRestart();
        SetState(Result is ServiceResult.Success or ServiceResult.ExecCondition ? ServiceState.Dead : ServiceState.Failed);
        if (_willAutoRestart)
        {
            _willAutoRestart = false;
            SetDeadline(Settings.RestartDelay);
            SetState(ServiceState.AutoRestart);
        }
        else
        {
            // Kept until the next start, so that it can still be looked at.
            _flushRestartCount = true;
        }

        _forbidRestart = false;
        Context.Queues.Garbage.Add(this);
        if (Exec.RuntimeDirectoryPreserve == PreserveMode.No ||
            (Exec.RuntimeDirectoryPreserve == PreserveMode.Restart && _state != ServiceState.AutoRestart && !WillRestart))
        {
            Context.Executor.ReleaseRuntime(this, Exec);
        }

        if (Streams.IsEmpty)
        {
            // A terminal that came as a descriptor is its owner's to put in order.
            Context.Executor.RevertTerminal(Exec);
        }

        _pidFile.Remove(Settings.PidFile);
    }

    private void LogEnd()
    {
        if (Result == ServiceResult.ExecCondition)
        {
            Log(LogLevel.Info, $"Skipped due to '{Result.Name()}'.", MessageIds.Skipped);
        }
        else
        {
            LogResult(Result == ServiceResult.Success ? null : Result.Name());
        }

        foreach (var pid in Context.Processes.ProcessesOf(this))
        {
            var comm = Context.ProcessTable.Comm(pid);
            Log(LogLevel.Info, $"Unit process {pid} ({comm}) remains running after unit stopped.");
        }
    }

    private static bool Matches(ExitStatusSet set, int code, int status) => code switch
    {
        ExitCodes.Exited => set.ContainsStatus(status),
        ExitCodes.Killed or ExitCodes.Dumped => set.ContainsSignal(status),
        _ => false,
    };

    private bool ShallRestart()
    {
        if (_forbidRestart || Matches(Settings.RestartPreventExitStatus, MainStatus.Code, MainStatus.Status))
        {
            return false;
        }

        if (Matches(Settings.RestartForceExitStatus, MainStatus.Code, MainStatus.Status))
        {
            return true;
        }

        return Settings.Restart switch
        {
            RestartPolicy.No => false,
            RestartPolicy.Always => Result != ServiceResult.ExecCondition,
            RestartPolicy.OnSuccess => Result == ServiceResult.Success,
            RestartPolicy.OnFailure => Result is not (ServiceResult.Success or ServiceResult.ExecCondition),
            RestartPolicy.OnAbnormal =>
                Result is not (ServiceResult.Success or ServiceResult.ExitCode or ServiceResult.ExecCondition),
            RestartPolicy.OnWatchdog => Result == ServiceResult.Watchdog,
            RestartPolicy.OnAbort => Result is ServiceResult.Signal or ServiceResult.CoreDump,
            _ => throw new InvalidOperationException(),
        };
    }

    /// <summary>
    /// RestartSec= is over. The job restarts rather than starts, so that what is bound to this service is restarted too.
    /// The state stays: the stop half of the job leaves it.
    /// </summary>
    private void EnterRestart()
    {
        if (Job is { Type: JobType.Stop })
        {
            Log(LogLevel.Info, "Stop job pending for unit, skipping automatic restart.");
            return;
        }

        if (Context.AddJob(JobType.Restart, this, JobMode.Replace) is { } refusal)
        {
            Log(LogLevel.Warning, $"Failed to schedule restart job: {refusal.Message}");
            EnterDead(ServiceResult.Resources, allowRestart: false);
            return;
        }

        RestartCount++;
        _flushRestartCount = false;
        Log(LogLevel.Info, $"Scheduled restart job, restart counter is at {RestartCount}.", MessageIds.RestartScheduled);
        Context.Observer.UnitChanged(this);
    }
}
