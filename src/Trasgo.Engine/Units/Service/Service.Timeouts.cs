using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private ulong _deadline = ulong.MaxValue;

    /// <summary>When the current state runs out, in µs of CLOCK_MONOTONIC; <see cref="ulong.MaxValue"/> for never.</summary>
    public ulong Deadline => _deadline;

    private void SetDeadline(ulong timeoutUsec) => SetDeadlineAt(Context.Loop.DeadlineIn(timeoutUsec));

    private void SetDeadlineAt(ulong deadline)
    {
        _deadline = deadline;
        if (deadline == ulong.MaxValue)
        {
            _timer?.Disarm();
        }
        else if (_timer is null)
        {
            _timer = Context.Loop.At(Clock.Monotonic, deadline, OnTimeout);
        }
        else
        {
            _timer.Rearm(deadline);
        }
    }

    private void DisarmTimer()
    {
        _deadline = ulong.MaxValue;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>RuntimeMaxSec= counts from the moment it became active, with RuntimeRandomizedExtraSec= on top.</summary>
    private ulong RuntimeDeadline()
    {
        var limit = Settings.RuntimeMax;
        if (limit == ulong.MaxValue)
        {
            return ulong.MaxValue;
        }

        var extra = Settings.RuntimeRandomizedExtra;
        var random = extra is 0 or ulong.MaxValue ? 0 : (ulong)(Random.Shared.NextDouble() * extra);
        var start = ActiveEnterTimestamp.IsSet ? ActiveEnterTimestamp.Monotonic : Context.Loop.Now(Clock.Monotonic);
        return start + Math.Min(limit, ulong.MaxValue - start - random) + random;
    }

    /// <summary>EXTEND_TIMEOUT_USEC= moves the deadline, never nearer (sd_notify(3)).</summary>
    private void ExtendTimeout(ulong extendUsec)
    {
        var now = Context.Loop.Now(Clock.Monotonic);
        if (extendUsec is 0 or ulong.MaxValue || extendUsec > ulong.MaxValue - now)
        {
            return;
        }

        var extended = now + extendUsec;
        if (_deadline != ulong.MaxValue && extended > _deadline)
        {
            SetDeadlineAt(extended);
        }

        _watchdog.Extend(extended);
    }

    private void OnTimeout()
    {
        _deadline = ulong.MaxValue;
        switch (_state)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost:
                FailBy(Settings.TimeoutStartFailureMode, $"{SubState} operation timed out", ServiceState.StopSigterm);
                break;
            case ServiceState.Running:
                Log(LogLevel.Warning, "Service reached runtime time limit. Stopping.");
                EnterStop(ServiceResult.Timeout);
                break;
            case ServiceState.Reload:
                Log(LogLevel.Warning, "Reload operation timed out. Killing reload process.");
                _control?.Signal(Signo.SIGKILL);
                ReloadResult = ServiceResult.Timeout;
                EnterRunning(ServiceResult.Success);
                break;
            case ServiceState.Stop:
                FailBy(Settings.TimeoutStopFailureMode, "Stopping timed out", ServiceState.StopSigterm);
                break;
            case ServiceState.StopPost:
                FailBy(Settings.TimeoutStopFailureMode, "State 'stop-post' timed out", ServiceState.FinalSigterm);
                break;
            case ServiceState.StopSigterm or ServiceState.FinalSigterm
                when Settings.TimeoutStopFailureMode == TimeoutFailureMode.Abort:
                Log(LogLevel.Warning, $"State '{SubState}' timed out. Aborting.");
                EnterSignal(IsFinal ? ServiceState.FinalWatchdog : ServiceState.StopWatchdog, ServiceResult.Timeout);
                break;
            case ServiceState.StopSigterm or ServiceState.StopWatchdog or ServiceState.FinalSigterm or ServiceState.FinalWatchdog:
                KillOrGiveUp($"State '{SubState}' timed out");
                break;
            case ServiceState.StopSigkill:
                // SIGKILL did not help: a process in the kernel's hands, which nothing can be done about.
                Log(LogLevel.Warning, "Processes still around after SIGKILL. Ignoring.");
                EnterStopPost(ServiceResult.Timeout);
                break;
            case ServiceState.FinalSigkill:
                Log(LogLevel.Warning, "Processes still around after final SIGKILL. Entering failed mode.");
                EnterDead(ServiceResult.Timeout, allowRestart: true);
                break;
            case ServiceState.AutoRestart:
                EnterRestart();
                break;
            case ServiceState.Cleaning:
                Log(LogLevel.Warning, "Cleaning timed out. killing.");
                CleanResult = CleanResult == ServiceResult.Success ? ServiceResult.Timeout : CleanResult;
                EnterSignal(ServiceState.FinalSigkill, ServiceResult.Success);
                break;
            default:
                throw new InvalidOperationException($"{Id}: no deadline in state {SubState}");
        }
    }

    private bool IsFinal => _state is ServiceState.StopPost or ServiceState.FinalWatchdog or ServiceState.FinalSigterm or ServiceState.FinalSigkill;

    /// <summary>TimeoutStartFailureMode= and TimeoutStopFailureMode=.</summary>
    private void FailBy(TimeoutFailureMode mode, string what, ServiceState terminate)
    {
        switch (mode)
        {
            case TimeoutFailureMode.Terminate:
                Log(LogLevel.Warning, $"{what}. Terminating.");
                EnterSignal(terminate, ServiceResult.Timeout);
                break;
            case TimeoutFailureMode.Abort:
                Log(LogLevel.Warning, $"{what}. Aborting.");
                EnterSignal(IsFinal ? ServiceState.FinalWatchdog : ServiceState.StopWatchdog, ServiceResult.Timeout);
                break;
            default:
                KillOrGiveUp(what);
                break;
        }
    }

    private void KillOrGiveUp(string what)
    {
        if (Kill.SendSigKill)
        {
            Log(LogLevel.Warning, $"{what}. Killing.");
            EnterSignal(IsFinal ? ServiceState.FinalSigkill : ServiceState.StopSigkill, ServiceResult.Timeout);
        }
        else if (IsFinal)
        {
            Log(LogLevel.Warning, $"{what}. Skipping SIGKILL. Entering failed mode.");
            EnterDead(ServiceResult.Timeout, allowRestart: false);
        }
        else
        {
            Log(LogLevel.Warning, $"{what}. Skipping SIGKILL.");
            EnterStopPost(ServiceResult.Timeout);
        }
    }
}
