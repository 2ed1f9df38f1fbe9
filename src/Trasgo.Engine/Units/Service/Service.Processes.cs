using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private readonly ServiceCommands _commands;
    private IoSource? _alienWatch;

    private IReadOnlyList<ExecCommand> CommandsOf(ServiceCommand kind) => kind switch
    {
        ServiceCommand.Condition => Settings.ExecCondition,
        ServiceCommand.StartPre => Settings.ExecStartPre,
        ServiceCommand.Start => Settings.ExecStart,
        ServiceCommand.StartPost => Settings.ExecStartPost,
        ServiceCommand.Reload => Settings.ExecReload,
        ServiceCommand.Stop => Settings.ExecStop,
        ServiceCommand.StopPost => Settings.ExecStopPost,
        _ => [],
    };

    private static ExecRole RoleOf(ServiceCommand kind) => ExecRole.Control | kind switch
    {
        ServiceCommand.Condition or ServiceCommand.StartPre => ExecRole.Terminal,
        ServiceCommand.StopPost => ExecRole.Terminal | ExecRole.ControlGroup,
        _ => ExecRole.ControlGroup,
    };

    /// <summary>Enters <paramref name="state"/> with the first command of a kind; false where none is configured.</summary>
    private bool StartControl(ServiceCommand kind, ServiceState state)
    {
        DropControl();
        if (CommandCursor.First(CommandsOf(kind)) is not { } first)
        {
            return false;
        }

        if (kind is ServiceCommand.Condition or ServiceCommand.StartPre && RefusesLeftovers())
        {
            Log(LogLevel.Warning, $"Failed to run '{kind.Task()}' task: Device or resource busy");
            EnterDead(ServiceResult.Resources, allowRestart: true);
            return true;
        }

        var isStop = kind is ServiceCommand.Stop or ServiceCommand.StopPost;
        SetDeadline(isStop ? Settings.TimeoutStop : Settings.TimeoutStart);
        _commands.SetControl(kind, first);
        SetState(state);
        StartControlProcess(first, RoleOf(kind));
        return true;
    }

    private void StartControlProcess(CommandCursor cursor, ExecRole role)
    {
        // SetState tells others, who may have changed our state already.
        if (!ReferenceEquals(cursor, _commands.Control))
        {
            return;
        }

        cursor.Current.Status.Reset();
        _control = Context.Executor.Start(Request(cursor.Current, role), OnControlStarted);
    }

    private void StartMainProcess(CommandCursor cursor)
    {
        if (!ReferenceEquals(cursor, _commands.Main) || _state != ServiceState.Start)
        {
            return;
        }

        MainStatus = new();
        _mainKnown = true;
        _main = Context.Executor.Start(Request(cursor.Current, ExecRole.Main | StartRole), OnMainStarted);
    }

    private void RunNextControl()
    {
        var next = _commands.Control!.Next();
        var kind = _commands.ControlKind;
        _commands.SetControl(kind, next);
        DropControl();
        var isStarting = _state is ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost
            or ServiceState.Running or ServiceState.Reload;
        SetDeadline(isStarting ? Settings.TimeoutStart : Settings.TimeoutStop);
        StartControlProcess(next, RoleOf(kind));
    }

    private void RunNextMain()
    {
        var next = _commands.Main!.Next();
        _commands.Main = next;
        DropMain();
        SetDeadline(Settings.TimeoutStart);
        StartMainProcess(next);
    }

    private void OnControlStarted(UnitProcess process)
    {
        if (!ReferenceEquals(process, _control))
        {
            return;
        }

        if (process.Phase == ProcessPhase.NeverRan)
        {
            _control = null;
            Log(LogLevel.Warning, $"Failed to run '{_commands.ControlKind.Task()}' task: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
            OnControlNeverRan();
            return;
        }

        Context.Observer.UnitChanged(this);
        if (_commands.Control is { } cursor)
        {
            RecordStart(cursor.Current.Status, process.Pid);
        }

        LogFailedStep(process, _commands.Control);
    }

    private void OnControlNeverRan()
    {
        switch (_state)
        {
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.StopPost:
                EnterDead(ServiceResult.Resources, allowRestart: true);
                break;
            case ServiceState.Start or ServiceState.Stop:
                EnterSignal(ServiceState.StopSigterm, ServiceResult.Resources);
                break;
            case ServiceState.Reload:
                ReloadResult = ServiceResult.Resources;
                EnterRunning(ServiceResult.Success);
                break;
            default:
                EnterStop(ServiceResult.Resources);
                break;
        }
    }

    private void LogFailedStep(UnitProcess process, CommandCursor? cursor)
    {
        if (process.FailedStatus != 0 && process.ErrorText is { } text)
        {
            Log(cursor is { Current.IgnoreFailure: true } ? LogLevel.Info : LogLevel.Error, text);
        }
    }

    private void RecordStart(ExecStatus status, int pid)
    {
        var now = DualTimestamp.Now(Context.Loop);
        status.Reset();
        status.Pid = pid;
        status.StartRealtime = now.Realtime;
        status.StartMonotonic = now.Monotonic;
    }

    private void RecordExit(ExecStatus status, int pid, int code, int exitStatus)
    {
        var now = DualTimestamp.Now(Context.Loop);
        status.Pid = pid;
        status.Code = code;
        status.Status = exitStatus;
        status.ExitRealtime = now.Realtime;
        status.ExitMonotonic = now.Monotonic;
    }

    /// <summary>A process that was not started here becomes the main process: from a PID file, MAINPID=, or by guessing.</summary>
    private void AdoptMain(int pid)
    {
        DropMain();
        var alien = Processes.ParentPid(pid) != Environment.ProcessId;
        var handle = ProcessHandle.Open(pid).Value;
        _main = UnitProcess.Known(pid, handle, alien);
        _mainKnown = true;
        Context.Units.Watch(pid, this);
        RecordStart(MainStatus, pid);
        if (alien && handle is { PidFd: { } fd })
        {
            Log(LogLevel.Warning, $"Supervising process {pid} which is not our child. We'll most likely not notice when it exits.");
            _alienWatch = Context.Loop.OnReadable(fd, OnAlienGone, EventPriority.Children);
        }

        Context.Observer.UnitChanged(this);
    }

    private void OnAlienGone()
    {
        _alienWatch?.Dispose();
        _alienWatch = null;
        if (_main is { IsAlien: true, IsAlive: true } main)
        {
            Context.Units.Unwatch(main.Pid, this);
            main.OnExited();
            AfterMainExit(ServiceResult.Success);
        }
    }

    private void DropMain()
    {
        _alienWatch?.Dispose();
        _alienWatch = null;
        if (_main is { } main)
        {
            Context.Units.Unwatch(main.Pid, this);
            _main = null;
        }
    }

    private void DropControl()
    {
        if (_control is { } control)
        {
            Context.Units.Unwatch(control.Pid, this);
            _control = null;
        }
    }
}
