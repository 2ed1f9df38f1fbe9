using Trasgo.Engine.Jobs;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class Socket
{
    private void EnterStopPre(SocketResult result)
    {
        Note(result);
        if (!StartCommands(SocketCommand.StopPre, SocketState.StopPre))
        {
            EnterStopPost(SocketResult.Success);
        }
    }

    private void EnterStopPost(SocketResult result)
    {
        Note(result);
        if (!StartCommands(SocketCommand.StopPost, SocketState.StopPost))
        {
            EnterSignal(SocketState.FinalSigterm, SocketResult.Success);
        }
    }

    /// <summary>Signals what is left and waits for it; where nothing is left, goes on at once.</summary>
    private void EnterSignal(SocketState state, SocketResult result)
    {
        while (true)
        {
            Note(result);
            if (KillProcesses(Kill, OperationOf(state), main: null, _control))
            {
                SetDeadline();
                SetState(state);
                return;
            }

            result = SocketResult.Success;
            switch (state)
            {
                case SocketState.StopPreSigterm:
                    state = SocketState.StopPreSigkill;
                    break;
                case SocketState.StopPreSigkill:
                    EnterStopPost(SocketResult.Success);
                    return;
                case SocketState.FinalSigterm:
                    state = SocketState.FinalSigkill;
                    break;
                default:
                    EnterDead(SocketResult.Success);
                    return;
            }
        }
    }

    /// <summary>A control process that a stop finds is killed at once, unless it is the stop of a restart or the last one.</summary>
    private KillOperation OperationOf(SocketState state) => state switch
    {
        SocketState.StopPreSigterm when Job is { Type: JobType.Restart } => KillOperation.Restart,
        SocketState.FinalSigterm => KillOperation.Terminate,
        _ => KillOperation.Kill,
    };

    private void OnTimeout()
    {
        switch (_state)
        {
            case SocketState.StartPre:
                Log(LogLevel.Warning, "Starting timed out. Terminating.");
                EnterSignal(SocketState.FinalSigterm, SocketResult.Timeout);
                break;
            case SocketState.StartChown or SocketState.StartPost:
                Log(LogLevel.Warning, "Starting timed out. Stopping.");
                EnterStopPre(SocketResult.Timeout);
                break;
            case SocketState.StopPre:
                Log(LogLevel.Warning, "Stopping timed out. Terminating.");
                EnterSignal(SocketState.StopPreSigterm, SocketResult.Timeout);
                break;
            case SocketState.StopPost:
                Log(LogLevel.Warning, "Stopping timed out (2). Terminating.");
                EnterSignal(SocketState.FinalSigterm, SocketResult.Timeout);
                break;
            case SocketState.StopPreSigterm when Kill.SendSigKill:
                Log(LogLevel.Warning, "Stopping timed out. Killing.");
                EnterSignal(SocketState.StopPreSigkill, SocketResult.Timeout);
                break;
            case SocketState.FinalSigterm when Kill.SendSigKill:
                Log(LogLevel.Warning, "Stopping timed out (2). Killing.");
                EnterSignal(SocketState.FinalSigkill, SocketResult.Timeout);
                break;
            case SocketState.StopPreSigterm or SocketState.StopPreSigkill:
                Log(LogLevel.Warning, _state == SocketState.StopPreSigterm
                    ? "Stopping timed out. Skipping SIGKILL. Ignoring."
                    : "Processes still around after SIGKILL. Ignoring.");
                EnterStopPost(SocketResult.Timeout);
                break;
            case SocketState.FinalSigterm or SocketState.FinalSigkill:
                Log(LogLevel.Warning, _state == SocketState.FinalSigterm
                    ? "Stopping timed out (2). Skipping SIGKILL. Ignoring."
                    : "Still around after SIGKILL (2). Entering failed mode.");
                EnterDead(SocketResult.Timeout);
                break;
            case SocketState.Cleaning:
                Log(LogLevel.Warning, "Cleaning timed out. killing.");
                EnterSignal(SocketState.FinalSigkill, SocketResult.Success);
                break;
            default:
                throw new InvalidOperationException($"{Id}: no deadline in state {SubState}");
        }
    }

    /// <summary>What an Exec*= line left in the background was signalled, and is gone.</summary>
    public override void OnProcessesGone()
    {
        if (_control is not null)
        {
            return;
        }

        if (_state is SocketState.StopPreSigterm or SocketState.StopPreSigkill)
        {
            EnterStopPost(SocketResult.Success);
        }
        else if (_state is SocketState.FinalSigterm or SocketState.FinalSigkill)
        {
            EnterDead(SocketResult.Success);
        }
    }
}
