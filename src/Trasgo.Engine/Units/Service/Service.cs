using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A service: a daemon, or a command that is run to its end.
/// </summary>
/// <remarks>
/// <para>Its life: Dead → Condition → StartPre → Start → StartPost → Running (or Exited, with RemainAfterExit=) → Stop →
/// StopSigterm → StopSigkill → StopPost → FinalSigterm → FinalSigkill → Dead or Failed, and from there AutoRestart. A step
/// whose commands are not configured is passed through in the same call. Reload is entered from Running only.</para>
/// <para>Four things move it on: the exit of the main or the control process, the state's deadline, a notification, and the
/// last process being gone. A stop may interrupt any state; a failure in one of the starting states goes to StopSigterm, so
/// that whatever had been started is killed. Only the first failure is kept as <see cref="Result"/>.</para>
/// <para>Starting a process is asynchronous: until the kernel has answered, the state stays as it is, and Type=simple
/// enters StartPost when the answer has come.</para>
/// </remarks>
internal sealed partial class Service : Unit
{
    private ServiceState _state = ServiceState.Dead;
    private UnitProcess? _main;
    private UnitProcess? _control;
    private TimerSource? _timer;

    public Service(EngineContext context, UnitName name)
        : base(context, name)
    {
        _watchdog = new ServiceWatchdog(this);
        _early = new EarlyNotifications(this);
        _commands = new ServiceCommands();
        _pidFile = new ServicePidFile(this);
        Store = new DescriptorStore(this);
        Settings = NewSettings();
    }

    public ServiceConfig Settings { get; private set; }

    public override UnitConfig Config => Settings.Unit;

    public ServiceState State => _state;

    public override UnitActiveState ActiveState => ServiceFacts.ActiveStateOf(_state, Settings.Type == ServiceType.Idle);

    /// <summary>Type=idle holds its command back, but is running for everybody else.</summary>
    public override string SubState =>
        ServiceFacts.Of(_state == ServiceState.Start && Settings.Type == ServiceType.Idle ? ServiceState.Running : _state).SubState;

    public override ExecConfig Exec => Settings.Exec;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    /// <summary>A process was asked for, and the kernel has not said yet which number it has.</summary>
    public bool AwaitsProcess => _main is { Phase: ProcessPhase.Starting } || _control is { Phase: ProcessPhase.Starting };

    public override int MainPid => _main is { IsAlive: true } main ? main.Pid : 0;

    public override int ControlPid => _control is { IsAlive: true } control ? control.Pid : 0;

    public ServiceResult Result { get; private set; }

    public ServiceResult ReloadResult { get; private set; }

    public ServiceResult CleanResult { get; private set; }

    public override string ResultName => Result.Name();

    /// <summary>How often it has been restarted by itself since it was last started by hand (NRestarts=).</summary>
    public uint RestartCount { get; private set; }

    /// <summary>255 when it did not end by an exit of its own.</summary>
    public override int? ExitStatus => MainStatus switch
    {
        { Pid: 0 } or { ExitRealtime: 0 } => null,
        { Code: ExitCodes.Exited, Status: var status } => status,
        _ => 255,
    };

    /// <summary>Times, code and status of the main process (ExecMain*=).</summary>
    public ExecStatus MainStatus { get; } = new();

    public override bool WillRestart => _willAutoRestart || _state == ServiceState.AutoRestart || base.WillRestart;

    /// <summary>Only with ExecReload=: to hand reloads on (PropagatesReloadTo=) is not enough for a service.</summary>
    public override bool CanReload => Settings.ExecReload.Count > 0;

    protected override bool HasOwnReload => Settings.ExecReload.Count > 0;

    protected override JobOutcome? MayStart()
    {
        if (!PassStartLimit())
        {
            EnterDead(ServiceResult.StartLimitHit, allowRestart: false);
            return JobOutcome.Failed;
        }

        return null;
    }

    protected override JobOutcome StartNow()
    {
        switch (_state)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost:
                return JobOutcome.Pending;
            case ServiceState.Dead or ServiceState.Failed:
                break;
            default:
                // Still going down, or waiting for RestartSec=: the job stays queued until that is over.
                return JobOutcome.Again;
        }

        RenewInvocationId();
        ResetRun();
        EnterCondition();
        return JobOutcome.Begun;
    }

    protected override JobOutcome StopNow()
    {
        // A stop that was asked for is not to be answered by Restart=.
        _forbidRestart = true;
        switch (_state)
        {
            case ServiceState.AutoRestart:
                SetState(ServiceState.Dead);
                break;
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost
                or ServiceState.Reload or ServiceState.StopWatchdog:
                EnterSignal(ServiceState.StopSigterm, ServiceResult.Success);
                break;
            case ServiceState.Cleaning:
                EnterSignal(ServiceState.FinalSigkill, ServiceResult.Success);
                break;
            case ServiceState.Running or ServiceState.Exited:
                EnterStop(ServiceResult.Success);
                return JobOutcome.Begun;
            default:
                // Already on its way down.
                break;
        }

        return JobOutcome.Pending;
    }

    protected override JobOutcome ReloadNow()
    {
        // Type=idle counts as active while it is still starting.
        if (_state is not (ServiceState.Running or ServiceState.Exited))
        {
            return JobOutcome.Again;
        }

        EnterReload();
        return JobOutcome.Begun;
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (_state == ServiceState.Failed)
        {
            SetState(ServiceState.Dead);
        }

        Result = ServiceResult.Success;
        ReloadResult = ServiceResult.Success;
        CleanResult = ServiceResult.Success;
        RestartCount = 0;
        _flushRestartCount = false;
    }

    /// <summary>
    /// The one place where the state changes: what the new state does not keep is released, then everybody is told.
    /// </summary>
    private void SetState(ServiceState state)
    {
        var before = ActiveState;
        var old = _state;
        var keep = ServiceFacts.Of(state).Keep;
        _state = state;
        _pidFile.Stop();
        if ((keep & Keep.Timer) == 0)
        {
            DisarmTimer();
        }

        if ((keep & Keep.Main) == 0)
        {
            DropMain();
            _commands.Main = null;
        }

        if ((keep & Keep.Control) == 0)
        {
            DropControl();
            _commands.ClearControl();
        }

        if ((keep & Keep.Watchdog) == 0)
        {
            _watchdog.Stop();
        }

        if ((keep & Keep.Connection) == 0 && !(state == ServiceState.Dead && Job is not null))
        {
            CloseConnection();
        }

        if (state == ServiceState.Exited)
        {
            Context.Processes.Release(this, keepCounts: true);
        }

        if (old != state && WantsDebug)
        {
            Log(LogLevel.Debug, $"Changed {ServiceFacts.Of(old).SubState} -> {SubState}");
        }

        NotifyState(before, ActiveState, ChangeFlags());
    }

    private StateChange ChangeFlags() =>
        (ReloadResult == ServiceResult.Success ? StateChange.Plain : StateChange.ReloadFailed) |
        (_willAutoRestart ? StateChange.WillAutoRestart : StateChange.Plain);

    private void Note(ServiceResult result)
    {
        if (Result == ServiceResult.Success)
        {
            Result = result;
        }
    }
}
