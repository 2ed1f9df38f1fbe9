using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private readonly ServiceCommands _commands;
    private IoSource? _alienWatch;

    private List<ExecCommand> CommandsOf(ServiceCommand kind) => kind switch
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
        BeginControl(first, RoleOf(kind), state);
        return true;
    }

    /// <summary>What cannot even be started does not enter the state: such a service fails without ever having been activating.</summary>
    private void BeginControl(CommandCursor cursor, ExecRole role, ServiceState state)
    {
        if (TryStartControl(cursor, role, state))
        {
            SetState(state);
        }
    }

    /// <summary>False if the command was refused at once; what follows from that has been done.</summary>
    private bool TryStartControl(CommandCursor cursor, ExecRole role, ServiceState state)
    {
        cursor.Current.Status.Reset();
        _control = Context.Executor.Start(Request(cursor.Current, role), process =>
        {
            OnControlStarted(process);
            _early.Deliver();
        });
        if (_control is not { Phase: ProcessPhase.NeverRan } refused)
        {
            return true;
        }

        OnControlNeverRan(refused, state);
        return false;
    }

    /// <summary>As <see cref="TryStartControl"/>.</summary>
    private bool TryStartMain(CommandCursor cursor)
    {
        MainStatus.Reset();
        _mainKnown = true;
        _main = Context.Executor.Start(Request(cursor.Current, ExecRole.Main | StartRole), process =>
        {
            OnMainStarted(process);
            _early.Deliver();
        });
        if (_main is not { Phase: ProcessPhase.NeverRan } refused)
        {
            return true;
        }

        OnMainNeverRan(refused);
        return false;
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
        _ = TryStartControl(next, RoleOf(kind), _state);
    }

    private void RunNextMain()
    {
        var next = _commands.Main!.Next();
        _commands.Main = next;
        DropMain();
        SetDeadline(Settings.TimeoutStart);
        _ = TryStartMain(next);
    }

    private void OnControlStarted(UnitProcess process)
    {
        if (!ReferenceEquals(process, _control))
        {
            return;
        }

        if (process.Phase == ProcessPhase.NeverRan)
        {
            OnControlNeverRan(process, _state);
            return;
        }

        Context.Observer.UnitChanged(this);
        if (_commands.Control is { } cursor)
        {
            RecordStart(cursor.Current.Status, process.Pid);
        }

        LogFailedStep(process, _commands.Control);
        if (process.IsPreparing)
        {
            var command = _commands.Control;
            process.WhenExecuted(executed => LogFailedStep(executed, command));
        }
    }

    /// <summary>The first command of a list leaves nothing behind that would have to be killed; a later one may.</summary>
    private void OnControlNeverRan(UnitProcess process, ServiceState state)
    {
        var first = _commands.Control is { IsFirst: true };
        _control = null;
        if (state == ServiceState.Cleaning)
        {
            OnCleanerNeverRan(process);
            EnterDead(ServiceResult.Success, allowRestart: false);
            return;
        }

        Log(LogLevel.Warning, $"Failed to run {(first ? $"'{_commands.ControlKind.Task()}'" : "next control")} task: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
        switch (state)
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
