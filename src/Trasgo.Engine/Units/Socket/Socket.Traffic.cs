using Trasgo.Engine.Jobs;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class Socket
{
    private readonly StartLimit _triggerLimit = new();
    private readonly TriggerPause _triggerPause;

    /// <summary>What was too much, too often has had its pause.</summary>
    public void EndTriggerPause()
    {
        _triggerPause.Stop(_ports);
        if (_state == SocketState.Listening)
        {
            Watch();
        }
    }

    /// <summary>
    /// The service has changed: when it is down, what comes in is the manager's business again; where it was started by somebody else, it has been
    /// given the descriptors all the same, and the traffic is its own.
    /// </summary>
    protected override void OnTriggeredUnitChanged(Unit triggered)
    {
        if (_state is not (SocketState.Running or SocketState.Listening) || Settings.Accept || triggered is not Service service)
        {
            return;
        }

        if (service.StartLimitHit)
        {
            EnterStopPre(SocketResult.ServiceStartLimitHit);
        }
        else if (service.Job is not null)
        {
            // What it comes to is not decided yet.
        }
        else if (service.State is ServiceState.Dead or ServiceState.Failed or ServiceState.FinalSigterm or ServiceState.FinalSigkill or ServiceState.AutoRestart)
        {
            EnterListening();
        }
        else if (service.State == ServiceState.Running)
        {
            SetState(SocketState.Running);
        }
    }

    private void OnTraffic(ListenPort port, IoEvents events)
    {
        if (_state != SocketState.Listening)
        {
            return;
        }

        Log(LogLevel.Debug, "Incoming traffic");
        if (events != IoEvents.Readable)
        {
            Log(LogLevel.Error, (events & IoEvents.HangUp) != 0
                ? "Got POLLHUP on a listening socket. The service probably invoked shutdown() on it, and should better not do that."
                : $"Got unexpected poll event (0x{(uint)events:x}) on socket.");
            EnterStopPre(SocketResult.Resources);
        }
        else if (!port.PassPollLimit(Settings, Context.Loop))
        {
            Log(LogLevel.Debug, $"Poll limit of {port.Setting.Address} hit, it has to wait.");
        }
        else if (Settings.Accept && port.CanAccept)
        {
            AcceptWaiting(port);
        }
        else
        {
            Trigger();
        }
    }

    /// <summary>Accept=no: starts the service, unless it is on its way already.</summary>
    private void Trigger()
    {
        if (IsStopPending)
        {
            Log(LogLevel.Debug, "Suppressing connection request since unit stop is scheduled.");
            FlushPorts();
            return;
        }

        if (!PassTriggerLimit())
        {
            return;
        }

        if (!IsServicePending())
        {
            if (ServiceUnit is not { } service)
            {
                Log(LogLevel.Error, "Service to activate vanished, refusing activation.");
                FailActivation("No such file or directory", isTemplate: false);
                return;
            }

            if (StartTriggered(service, []) is { } refusal)
            {
                FailActivation(refusal.Message, isTemplate: false);
                return;
            }
        }

        SetState(SocketState.Running);
    }

    private bool IsServicePending()
    {
        foreach (var other in DependenciesWith(UnitDependencyAtom.Triggers))
        {
            if (other.IsActiveOrActivating || other.Job is { Type: JobType.Start or JobType.Restart })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Too much, too often: the socket gives up (systemd.socket(5), TriggerLimitIntervalSec=), or, with TriggerLimitPauseSec=, for a while.
    /// </summary>
    private bool PassTriggerLimit()
    {
        if (_triggerLimit.TryPass(Context.Loop.Now(Clock.Monotonic)))
        {
            return true;
        }

        if (Settings.TriggerLimitPause > 0)
        {
            _triggerPause.Start(_ports, _triggerLimit.EndUsec);
            return false;
        }

        Log(LogLevel.Warning, "Trigger limit hit, refusing further activation.");
        EnterStopPre(SocketResult.TriggerLimitHit);
        return false;
    }

    private void FailActivation(string reason, bool isTemplate)
    {
        var kind = isTemplate ? "template" : "non-template";
        Log(LogLevel.Warning, $"Failed to queue service startup job (Maybe the service file is missing or not a {kind} unit?): {reason}");
        EnterStopPre(SocketResult.Resources);
    }
}
