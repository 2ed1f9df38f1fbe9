using Trasgo.Engine.Jobs;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

/// <summary>How a scope ends: by itself, by a stop, or when its time is up.</summary>
internal sealed partial class Scope
{
    private TimerSource? _timer;
    private bool _wasAbandoned;

    protected override JobOutcome StopNow()
    {
        if (IsPerpetual)
        {
            return JobOutcome.NotSupportedByType;
        }

        if (State is ScopeState.StopSigterm or ScopeState.StopSigkill)
        {
            return JobOutcome.Pending;
        }

        EnterSignal(ScopeState.StopSigterm, ScopeResult.Success);
        return JobOutcome.Begun;
    }

    /// <summary>Asks the controller, or signals what is there, and waits for it; where nothing is, goes on at once.</summary>
    private void EnterSignal(ScopeState state, ScopeResult result)
    {
        Note(result);
        if (Wait(state))
        {
            SetDeadline(Settings.TimeoutStop);
            SetState(state);
        }
        else if (state == ScopeState.StopSigterm && Wait(ScopeState.StopSigkill))
        {
            SetDeadline(Settings.TimeoutStop);
            SetState(ScopeState.StopSigkill);
        }
        else
        {
            EnterDead(ScopeResult.Success);
        }
    }

    private bool Wait(ScopeState state)
    {
        if (state == ScopeState.StopSigterm && Context.ScopeControllers.RequestStop(this))
        {
            Context.Processes.WatchEmpty(this);
            return true;
        }

        var operation = state == ScopeState.StopSigterm
            ? _wasAbandoned ? KillOperation.TerminateAndLog : KillOperation.Terminate
            : KillOperation.Kill;
        return KillProcesses(Kill, operation, main: null, control: null);
    }

    private void EnterDead(ScopeResult result)
    {
        Note(result);
        LogResult(_result == ScopeResult.Success ? null : _result.Name());
        SetState(_result == ScopeResult.Success ? ScopeState.Dead : ScopeState.Failed);
    }

    private void Note(ScopeResult result)
    {
        if (_result == ScopeResult.Success)
        {
            _result = result;
        }
    }

    private void SetState(ScopeState state)
    {
        var before = State;
        State = state;
        if (state is not (ScopeState.Running or ScopeState.StopSigterm or ScopeState.StopSigkill))
        {
            DisarmTimer();
        }

        if (state is ScopeState.Dead or ScopeState.Failed)
        {
            DropController();
        }

        if (state != before)
        {
            Log(LogLevel.Debug, $"Changed {before.Name()} -> {state.Name()}");
        }

        NotifyState(before.ActiveState(), state.ActiveState());
    }

    private void OnTimeout()
    {
        switch (State)
        {
            case ScopeState.Running:
                Log(LogLevel.Warning, "Scope reached runtime time limit. Stopping.");
                EnterSignal(ScopeState.StopSigterm, ScopeResult.Timeout);
                break;
            case ScopeState.StopSigterm when Kill.SendSigKill:
                Log(LogLevel.Warning, "Stopping timed out. Killing.");
                EnterSignal(ScopeState.StopSigkill, ScopeResult.Timeout);
                break;
            case ScopeState.StopSigterm:
                Log(LogLevel.Warning, "Stopping timed out. Skipping SIGKILL.");
                EnterDead(ScopeResult.Timeout);
                break;
            case ScopeState.StopSigkill:
                Log(LogLevel.Warning, "Still around after SIGKILL. Ignoring.");
                EnterDead(ScopeResult.Timeout);
                break;
            default:
                throw new InvalidOperationException($"A timer in state {State.Name()}");
        }
    }

    /// <summary>RuntimeMaxSec= counts from the moment it became active, with RuntimeRandomizedExtraSec= on top.</summary>
    private ulong RuntimeDeadline() => Settings.RuntimeMax == ulong.MaxValue
        ? ulong.MaxValue
        : TimerSource.Later(TimerSource.Later(ActiveEnterTimestamp.Monotonic, Settings.RuntimeMax), (ulong)(Random.Shared.NextDouble() * Settings.RuntimeRandomizedExtra));

    private void SetDeadline(ulong timeoutUsec) => SetDeadlineAt(Context.Loop.DeadlineIn(timeoutUsec));

    private void SetDeadlineAt(ulong deadline)
    {
        DisarmTimer();
        if (deadline != ulong.MaxValue)
        {
            _timer = Context.Loop.At(Clock.Monotonic, deadline, OnTimeout);
        }
    }

    private void DisarmTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
