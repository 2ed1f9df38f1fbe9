using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>Listens to the signals of <see cref="SignalTable"/> and does what they say.</summary>
internal sealed class SignalDuties : IDisposable
{
    private const int BurstLimit = 7;
    private const ulong BurstIntervalUsec = 2_000_000;

    private readonly IManagerControl _control;
    private readonly IEmergencyActions _emergency;
    private readonly IEngineLog _log;
    private readonly EventLoop _loop;
    private readonly List<SignalSource> _sources = [];
    private readonly StartLimit _ctrlAltDel = new() { Burst = BurstLimit, IntervalUsec = BurstIntervalUsec };

    public SignalDuties(EventLoop loop, IManagerControl control, IEmergencyActions emergency, IEngineLog log, bool? stopsWithSigterm = null)
    {
        _loop = loop;
        _control = control;
        _emergency = emergency;
        _log = log;
        foreach (var duty in SignalTable.For(control.Role, stopsWithSigterm ?? Container.StopsWithSigterm))
        {
            _sources.Add(loop.OnSignal(duty.Signo, info => OnSignal(duty, info), EventPriority.Signals));
        }

        // A window that changes its size, and a terminal that wants to stop its job, are nothing to a manager.
        foreach (var signo in (ReadOnlySpan<int>)[Signo.SIGPIPE, Signo.SIGTSTP, Signo.SIGTTIN, Signo.SIGTTOU])
        {
            _sources.Add(loop.OnSignal(signo, static _ => { }, EventPriority.Signals));
        }
    }

    /// <summary>CtrlAltDelBurstAction= of systemd-system.conf(5).</summary>
    public EmergencyAction CtrlAltDelBurstAction { get; set; } = EmergencyAction.RebootForce;

    public void Dispose()
    {
        foreach (var source in _sources)
        {
            source.Dispose();
        }
    }

    internal void OnSignal(SignalDuty duty, SignalInfo info)
    {
        var sender = info.Pid > 0 ? $" from PID {info.Pid} ({Processes.Comm(info.Pid) ?? "n/a"})" : "";
        _log.Write(LogLevel.Info, unit: null, $"Received {SignalNames.Long(duty.Signo)}{sender}.");
        switch (duty.Action)
        {
            case SignalAction.StartUnit:
                _control.StartUnit(duty.Argument, duty.Mode);
                break;
            case SignalAction.CtrlAltDel:
                OnCtrlAltDel(duty);
                break;
            case SignalAction.SetObjective:
                _control.SetObjective(duty.Objective);
                break;
            case SignalAction.Reload:
                _control.Reload();
                break;
            case SignalAction.Reexecute:
                _control.Reexecute();
                break;
            case SignalAction.Dump:
                _control.Dump();
                break;
            case SignalAction.ShowStatus:
                _control.SetShowStatus(duty.Argument);
                break;
            case SignalAction.LogLevel:
                _control.SetLogLevel(duty.Argument);
                break;
            case SignalAction.LogTarget:
                _control.SetLogTarget(duty.Argument);
                break;
            case SignalAction.Ignore:
                break;
        }
    }

    /// <summary>Whoever presses the keys more than seven times in two seconds does not want to wait for a unit that hangs.</summary>
    private void OnCtrlAltDel(SignalDuty duty)
    {
        if (CtrlAltDelBurstAction == EmergencyAction.None || _ctrlAltDel.TryPass(_loop.Now(Clock.Boottime)))
        {
            _control.StartUnit(duty.Argument, duty.Mode);
            return;
        }

        _emergency.Run(
            CtrlAltDelBurstAction,
            rebootArgument: null,
            exitStatus: null,
            $"Ctrl-Alt-Del was pressed more than {BurstLimit} times within {BurstIntervalUsec / 1_000_000}s",
            warn: true);
    }
}
