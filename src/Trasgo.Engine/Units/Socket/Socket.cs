using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// A socket, FIFO or the like that the manager opens and waits on, and that starts a service when something comes in (systemd.socket(5)).
/// </summary>
/// <remarks>
/// <para>Its life: Dead → StartPre → StartChown → StartPost → Listening, then StopPre → StopPreSigterm → StopPreSigkill → StopPost →
/// FinalSigterm → FinalSigkill → Dead or Failed. A step whose commands are not configured is passed through in the same call. What is opened is
/// opened on the way to StartChown and closed on the way to StopPost.</para>
/// <para>Accept=no: traffic starts the service and the socket is Running: the descriptors are the service's to read from, the manager does not look
/// at them. It listens again when the service is down, so what the service left behind starts it again; TriggerLimit*= ends that game when it is
/// played too fast. Accept=yes: the manager accepts, and starts an instance of the template for each connection; the socket stays Listening.</para>
/// <para>Four things move it on: the exit of the control process, the state's deadline, traffic, and the state of the service. Only the first
/// failure is kept as <see cref="Result"/>.</para>
/// </remarks>
internal sealed partial class Socket : TriggeringUnit<SocketConfig>, IDescriptorSource
{
    private SocketState _state = SocketState.Dead;
    private List<ListenPort> _ports = [];

    public Socket(EngineContext context, UnitName name)
        : base(context, name)
    {
        _opener = new PortOpener(this);
        _pause = new AcceptPause(this);
        _triggerPause = new TriggerPause(this);
        _counters = new CounterNews(this);
    }

    private readonly PortOpener _opener;

    public override UnitConfig Config => Settings.Unit;

    public override ExecConfig Exec => Settings.Exec;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    public SocketState State => _state;

    public override UnitActiveState ActiveState => SocketFacts.Of(_state).ActiveState;

    public override string SubState => SocketFacts.Of(_state).SubState;

    public SocketResult Result { get; private set; }

    public override string ResultName => Result.Name();

    public override int ControlPid => _control is { IsAlive: true } control ? control.Pid : 0;

    protected override DirectiveTable<SocketConfig> Table => SocketDirectives.Table;

    /// <summary>What is open now.</summary>
    public IReadOnlyList<ListenPort> Ports => _ports;

    /// <summary>Backlog=, as listen(2) takes it.</summary>
    public int Backlog => (int)Math.Min(Settings.Backlog, int.MaxValue);

    /// <summary>The open descriptors, in the order of the lines.</summary>
    public IEnumerable<PassedDescriptor> DescriptorsFor(Service service)
    {
        foreach (var port in _ports)
        {
            if (port.Descriptor is { } descriptor)
            {
                yield return new PassedDescriptor(descriptor, Settings.FileDescriptorName!);
            }
        }
    }

    protected override JobOutcome? MayStart()
    {
        if (!PassStartLimit())
        {
            EnterDead(SocketResult.StartLimitHit);
            return JobOutcome.Failed;
        }

        return null;
    }

    protected override JobOutcome StartNow()
    {
        switch (_state)
        {
            case SocketState.StartPre or SocketState.StartChown or SocketState.StartPost:
                return JobOutcome.Pending;
            case SocketState.Dead or SocketState.Failed:
                break;
            default:
                // Still going down: the job stays queued until that is over.
                return JobOutcome.Again;
        }

        if (RefusalBecauseOfService() is { } refusal)
        {
            Log(LogLevel.Error, refusal);
            return JobOutcome.Failed;
        }

        RenewInvocationId();
        Result = SocketResult.Success;
        EnterStartPre();
        return JobOutcome.Begun;
    }

    protected override JobOutcome StopNow()
    {
        switch (_state)
        {
            case SocketState.StartPre or SocketState.StartChown or SocketState.StartPost:
                EnterSignal(SocketState.StopPreSigterm, SocketResult.Success);
                return JobOutcome.Again;
            case SocketState.Listening or SocketState.Running:
                EnterStopPre(SocketResult.Success);
                return JobOutcome.Begun;
            case SocketState.Cleaning:
                EnterSignal(SocketState.FinalSigkill, SocketResult.Success);
                return JobOutcome.Pending;
            default:
                // Already on its way down.
                return JobOutcome.Pending;
        }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (_state == SocketState.Failed)
        {
            SetState(SocketState.Dead);
        }

        Result = SocketResult.Success;
    }

    /// <summary>Instances that serve connections count against the limits of their socket.</summary>
    public override bool MayCollect => ConnectionCount == 0;

    public override void OnRemoved()
    {
        ClosePorts();
        _counters.Dispose();
    }

    /// <summary>A service that runs already would not be given the descriptors, and one that is not there cannot be started.</summary>
    private string? RefusalBecauseOfService()
    {
        if (ServiceUnit is not { } service)
        {
            return null;
        }

        if (service.LoadState != UnitLoadState.Loaded)
        {
            return $"Socket service {service.Id} not loaded, refusing.";
        }

        return service is Service { State: not (ServiceState.Dead or ServiceState.Failed or ServiceState.AutoRestart) }
            ? $"Socket service {service.Id} already active, refusing."
            : null;
    }

    /// <summary>
    /// The one place where the state changes: what the new state does not keep is released, then everybody is told.
    /// </summary>
    private void SetState(SocketState state)
    {
        var before = ActiveState;
        var old = _state;
        var keep = SocketFacts.Of(state).Keep;
        _state = state;
        if ((keep & SocketKeep.Control) == 0)
        {
            DisarmTimer();
            DropControl();
            ClearCommand();
        }

        if ((keep & SocketKeep.Watch) == 0)
        {
            Unwatch();
        }

        if ((keep & SocketKeep.Ports) == 0)
        {
            ClosePorts();
        }

        if (old != state)
        {
            Log(LogLevel.Debug, $"Changed {SocketFacts.Of(old).SubState} -> {SubState}");
        }

        NotifyState(before, ActiveState);
    }

    private void Note(SocketResult result)
    {
        if (Result == SocketResult.Success)
        {
            Result = result;
        }
    }

    private void EnterDead(SocketResult result)
    {
        Note(result);
        if (Result == SocketResult.Success)
        {
            Log(Context.Scope == UnitFiles.LoadPath.RuntimeScope.User ? LogLevel.Debug : LogLevel.Info, "Deactivated successfully.", MessageIds.Succeeded);
        }
        else
        {
            Log(LogLevel.Warning, $"Failed with result '{Result.Name()}'.", MessageIds.Failed);
        }

        foreach (var pid in Context.Processes.ProcessesOf(this))
        {
            Log(LogLevel.Info, $"Unit process {pid} ({Context.ProcessTable.Comm(pid)}) remains running after unit stopped.");
        }

        SetState(Result == SocketResult.Success ? SocketState.Dead : SocketState.Failed);
        if (Exec.RuntimeDirectoryPreserve != PreserveMode.Yes)
        {
            Context.Executor.ReleaseRuntime(this, Exec);
        }
    }
}
