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
        _control = Context.Executor.Start(Request(cursor.Current, role), process =>
        {
            OnControlStarted(process);
            _early.Deliver();
        });
    }

    private void StartMainProcess(CommandCursor cursor)
    {
        if (!ReferenceEquals(cursor, _commands.Main) || _state != ServiceState.Start)
        {
            return;
        }

        MainStatus = new();
        _mainKnown = true;
        _main = Context.Executor.Start(Request(cursor.Current, ExecRole.Main | StartRole), process =>
        {
            OnMainStarted(process);
            _early.Deliver();
        });
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
            var first = _commands.Control is { IsFirst: true };
            _control = null;
            Log(LogLevel.Warning, $"Failed to run {(first ? $"'{_commands.ControlKind.Task()}'" : "next control")} task: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
            OnControlNeverRan(first);
            return;
        }

        Context.Observer.UnitChanged(this);
        if (_commands.Control is { } cursor)
        {
            RecordStart(cursor.Current.Status, process.Pid);
        }

        LogFailedStep(process, _commands.Control);
    }

    /// <summary>The first command of a list leaves nothing behind that would have to be killed; a later one may.</summary>
    private void OnControlNeverRan(bool first)
    {
        switch (_state)
        {
            case ServiceState.Condition or ServiceState.StartPre when first:
            case ServiceState.StopPost when !first:
                EnterDead(ServiceResult.Resources, allowRestart: true);
                break;
            case ServiceState.StopPost:
                EnterSignal(ServiceState.FinalSigterm, ServiceResult.Resources);
                break;
            case ServiceState.StartPost when first:
                EnterStop(ServiceResult.Resources);
                break;
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost or ServiceState.Stop:
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
