using Trasgo.Engine.Jobs;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// A scope: processes that somebody else has started and hands over when he makes the unit (systemd.scope(5)). It is up as long as one of
/// them, or of those that they have started, is there; whether they did well is nobody's business here. It never starts again. The only
/// one that exists by itself is init.scope, the manager's own place.
/// </summary>
internal sealed partial class Scope : Unit
{
    /// <summary>Those that were named for a scope that has still to be started, held so that their numbers cannot become somebody else's.</summary>
    private readonly List<IProcessHandle> _arriving = [];

    private ScopeResult _result;
    private bool _isMoving;

    public Scope(EngineContext context, UnitName name)
        : base(context, name)
    {
        Settings = NewSettings();
        IsPerpetual = name.Text == SpecialUnits.InitScope;
        IsTransient = IsPerpetual;
        if (IsPerpetual)
        {
            State = ScopeState.Running;
            StampTimes(UnitActiveState.Inactive, ActiveState);
        }
    }

    public ScopeConfig Settings { get; private set; }

    public ScopeState State { get; private set; }

    /// <summary>Who on the message bus is asked to stop the scope (Controller=); "" for nobody.</summary>
    public string Controller { get; private set; } = "";

    public override UnitConfig Config => Settings.Unit;

    public override KillConfig Kill => Settings.Kill;

    public override ResourceConfig Resources => Settings.Resources;

    public override bool RequiresFragment => !IsPerpetual;

    public override UnitActiveState ActiveState => State.ActiveState();

    public override string SubState => State.Name();

    public override string ResultName => _result.Name();

    protected override bool TypeCanStart => !IsPerpetual;

    protected override bool OnlyOnce => true;

    protected override bool ApplyOwn(in Assignment assignment, ParseContext context) =>
        ScopeDirectives.Table.Apply(Settings, assignment, context);

    public override UnitLoadError? FinishLoading()
    {
        if (IsPerpetual)
        {
            Settings.Unit.DefaultDependencies = false;
            Settings.Unit.Description ??= "System and Service Manager";
            if (Settings.Unit.Documentation.Count == 0)
            {
                Settings.Unit.Documentation.Add("man:systemd(1)");
            }

            return null;
        }

        if (!IsTransient)
        {
            // A file is not what makes a scope.
            return LoadErrors.NotFound(Id);
        }

        Settings.OomPolicy ??= Settings.Resources.Delegate ? OomPolicy.Continue : Context.Defaults.OomPolicy;
        Settings.Resources.MemoryOomGroup = Settings.OomPolicy == OomPolicy.Kill;
        if (Config.DefaultDependencies)
        {
            AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
        }

        if (_arriving.Count == 0 && State == ScopeState.Dead)
        {
            Log(LogLevel.Error, "Scope has no PIDs. Refusing.");
            return LoadErrors.NoProcesses;
        }

        return null;
    }

    /// <summary>What the client that makes the scope has put into it: before it is loaded.</summary>
    public void Take(IEnumerable<IProcessHandle> processes, string controller)
    {
        DropArriving();
        _arriving.AddRange(processes);
        Controller = controller;
    }

    /// <summary>The client leaves the processes to us (Abandon()). False if there is nothing to be abandoned.</summary>
    public bool Abandon()
    {
        if (State is not (ScopeState.Running or ScopeState.Abandoned))
        {
            return false;
        }

        _wasAbandoned = true;
        DropController();
        SetState(ScopeState.Abandoned);
        return true;
    }

    /// <summary>Nobody is left on the bus who could be asked to stop the scope.</summary>
    public void OnControllerGone()
    {
        Log(LogLevel.Debug, $"Controller {Controller} disappeared from bus.");
        DropController();
        Context.Observer.UnitChanged(this);
    }

    protected override JobOutcome StartNow()
    {
        if (State != ScopeState.Dead)
        {
            return State.HasProcesses() ? JobOutcome.Again : JobOutcome.Failed;
        }

        if (Context.Processes.Realize(this) is { } failure)
        {
            Log(LogLevel.Warning, failure);
        }

        if (_isMoving)
        {
            return JobOutcome.Begun;
        }

        RenewInvocationId();
        var (count, error) = Attach();
        if (error is Errno.EACCES or Errno.EPERM && AskForMove())
        {
            return JobOutcome.Begun;
        }

        return EnterRunning(count, error == Errno.None ? null : ErrnoNames.Message(error)) ? JobOutcome.Begun : JobOutcome.Failed;
    }

    /// <summary>We may not move them. Whoever may is asked, and until he answers the scope is not there yet, though its job runs.</summary>
    private bool AskForMove()
    {
        var pids = _arriving.FindAll(static process => process.IsAlive).ConvertAll(static process => process.Pid);
        _isMoving = pids.Count > 0 && Context.ProcessMover.Ask(this, pids, refusal =>
        {
            if (_isMoving)
            {
                _isMoving = false;
                _ = EnterRunning(pids.Count, refusal);
            }
        });
        return _isMoving;
    }

    private bool EnterRunning(int count, string? failure)
    {
        DropArriving();
        if (count == 0 || failure is not null)
        {
            Log(LogLevel.Warning, failure is not null
                ? $"Failed to add PIDs to scope's control group: {failure}"
                : "No PIDs left to attach to the scope's control group, refusing.");
            EnterDead(ScopeResult.Resources);
            return false;
        }

        Log(LogLevel.Debug, $"{count} {(count == 1 ? "process" : "processes")} added to scope's control group.");
        _result = ScopeResult.Success;
        Context.ScopeControllers.Watch(this);
        SetState(ScopeState.Running);
        SetDeadlineAt(RuntimeDeadline());
        Context.Processes.WatchEmpty(this);
        return true;
    }

    public override void OnProcessesGone()
    {
        if (State.HasProcesses() && !IsPerpetual)
        {
            EnterDead(ScopeResult.Success);
        }
    }

    public override void ResetFailed()
    {
        base.ResetFailed();
        if (State == ScopeState.Failed)
        {
            SetState(ScopeState.Dead);
        }

        _result = ScopeResult.Success;
    }

    public override void OnRemoved()
    {
        _isMoving = false;
        DropArriving();
        DropController();
        DisarmTimer();
    }

    protected override void ResetSettings() => Settings = NewSettings();

    private ScopeConfig NewSettings() => new(new UnitConfig(Type, Context.Defaults), Context.Defaults);

    private (int Count, Errno Error) Attach()
    {
        var (count, error) = (0, Errno.None);
        foreach (var process in _arriving)
        {
            // The number stays the process's until we reap it or its parent does; after that the handle knows.
            var attached = process.IsAlive ? Context.Processes.Attach(this, process.Pid, "") : Errno.ESRCH;
            if (attached == Errno.None)
            {
                count++;
                continue;
            }

            Log(LogLevel.Info, $"Couldn't move process {process.Pid} to requested cgroup '{Context.Processes.ControlGroupOf(this)}': {ErrnoNames.Message(attached)}");
            error = error == Errno.None ? attached : error;
        }

        return (count, error);
    }

    private void DropArriving()
    {
        foreach (var process in _arriving)
        {
            process.Dispose();
        }

        _arriving.Clear();
    }

    private void DropController()
    {
        Context.ScopeControllers.Unwatch(this);
        Controller = "";
    }
}
