using Trasgo.Linux;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Engine.Units;

/// <summary>The control process: one command of an Exec*= list at a time, or the change of owner.</summary>
internal sealed partial class Socket
{
    private UnitProcess? _control;
    private CommandCursor? _command;
    private SocketCommand _commandKind;
    private TimerSource? _timer;

    /// <summary>When the current state runs out, in µs of CLOCK_MONOTONIC; <see cref="ulong.MaxValue"/> for never.</summary>
    public ulong Deadline => _timer is { IsArmed: true } timer ? timer.Deadline : ulong.MaxValue;

    public override void OnProcessExited(int pid, int code, int status)
    {
        if (_control is not { } control || control.Pid != pid)
        {
            return;
        }

        Context.Units.Unwatch(pid, this);
        control.OnExited();
        _control = null;
        var result = Judge(code, status);
        if (_command is { } command)
        {
            RecordExit(command.Current.Status, pid, code, status);
            result = command.Current.IgnoreFailure ? SocketResult.Success : result;
        }

        LogExit("Control process", result == SocketResult.Success, code, status);
        Note(result);
        if (_command is { HasNext: true } && result == SocketResult.Success)
        {
            RunNext();
        }
        else
        {
            ClearCommand();
            AfterControl(result);
        }

        Context.Observer.UnitChanged(this);
    }

    private void AfterControl(SocketResult result)
    {
        var ok = result == SocketResult.Success;
        switch (_state)
        {
            case SocketState.StartPre when ok:
                EnterStartChown();
                break;
            case SocketState.StartPre:
                EnterSignal(SocketState.FinalSigterm, result);
                break;
            case SocketState.StartChown when ok:
                EnterStartPost();
                break;
            case SocketState.StartPost when ok:
                EnterListening();
                break;
            case SocketState.StartChown or SocketState.StartPost:
                EnterStopPre(result);
                break;
            case SocketState.StopPre or SocketState.StopPreSigterm or SocketState.StopPreSigkill:
                EnterStopPost(result);
                break;
            case SocketState.StopPost or SocketState.FinalSigterm or SocketState.FinalSigkill:
                EnterDead(result);
                break;
            case SocketState.Cleaning:
                EnterDead(SocketResult.Success);
                break;
            default:
                throw new InvalidOperationException($"{Id}: control process exited in state {SubState}");
        }
    }

    /// <summary>Enters <paramref name="state"/> with the first command of a kind; false where none is configured.</summary>
    private bool StartCommands(SocketCommand kind, SocketState state)
    {
        DropControl();
        ClearCommand();
        if (CommandCursor.First(SocketCommands.Of(Settings, kind)) is not { } first)
        {
            return false;
        }

        _commandKind = kind;
        _command = first;
        SetDeadline();
        if (TryStart(first, state))
        {
            SetState(state);
        }

        return true;
    }

    /// <summary>
    /// Names are looked up where that may take its time: in a process of its own, which changes the owner of what was made in the file system.
    /// </summary>
    private void StartChown()
    {
        DropControl();
        ClearCommand();
        _commandKind = SocketCommand.StartChown;
        SetDeadline();
        var paths = new List<string>();
        foreach (var port in _ports)
        {
            if (PortAddress.PathOf(port.Setting) is { } path)
            {
                paths.Add(path);
            }
        }

        var change = new OwnerChange(Settings.SocketUser, Settings.SocketGroup, paths);
        if (Take(Context.Executor.ChangeOwner(this, change, OnStarted), SocketState.StartChown))
        {
            SetState(SocketState.StartChown);
        }
    }

    private void RunNext()
    {
        var next = _command!.Next();
        _command = next;
        SetDeadline();
        _ = TryStart(next, _state);
    }

    private bool TryStart(CommandCursor cursor, SocketState state)
    {
        cursor.Current.Status.Reset();
        return Take(Context.Executor.Start(Request(cursor.Current), OnStarted), state);
    }

    /// <summary>False if the command was refused at once; what follows from that has been done.</summary>
    private bool Take(UnitProcess process, SocketState state)
    {
        _control = process;
        if (process.Phase != ProcessPhase.NeverRan)
        {
            return true;
        }

        OnNeverRan(process, state);
        return false;
    }

    private ExecRequest Request(ExecCommand command) => new()
    {
        Unit = this,
        Command = command,
        Exec = Exec,
        Role = ExecRole.Control | ExecRole.Terminal,
        Environment = Context.Scope == UnitFiles.LoadPath.RuntimeScope.User
            ? [new("MANAGERPID", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture))]
            : [],
    };

    private void OnStarted(UnitProcess process)
    {
        if (!ReferenceEquals(process, _control))
        {
            return;
        }

        if (process.Phase == ProcessPhase.NeverRan)
        {
            OnNeverRan(process, _state);
            return;
        }

        Context.Observer.UnitChanged(this);
        if (_command is { } command)
        {
            RecordStart(command.Current.Status, process.Pid);
        }

        LogFailedStep(process);
        if (process.IsPreparing)
        {
            process.WhenExecuted(LogFailedStep);
        }
    }

    private void LogFailedStep(UnitProcess process)
    {
        if (process is { FailedStatus: not 0, ErrorText: { } text })
        {
            Log(_command is { Current.IgnoreFailure: true } ? LogLevel.Info : LogLevel.Error, text);
        }
    }

    private void OnNeverRan(UnitProcess process, SocketState state)
    {
        var isFirst = _command is not { IsFirst: false };
        _control = null;
        if (state == SocketState.Cleaning)
        {
            LogCleanerNeverRan(process);
            EnterDead(SocketResult.Success);
            return;
        }

        Log(LogLevel.Warning, $"Failed to run {(isFirst ? $"'{_commandKind.Task()}'" : "next")} task: {process.ErrorText ?? ErrnoNames.Message(process.Error)}");
        switch (state)
        {
            case SocketState.StartPre when isFirst:
            case SocketState.StopPost when !isFirst:
                EnterDead(SocketResult.Resources);
                break;
            case SocketState.StartChown or SocketState.StartPost:
                EnterStopPre(SocketResult.Resources);
                break;
            case SocketState.StopPre when isFirst:
                EnterStopPost(SocketResult.Resources);
                break;
            default:
                EnterSignal(SocketState.FinalSigterm, SocketResult.Resources);
                break;
        }
    }

    private static SocketResult Judge(int code, int status) => code switch
    {
        ExitCodes.Exited => status == 0 ? SocketResult.Success : SocketResult.ExitCode,
        ExitCodes.Killed => SocketResult.Signal,
        _ => SocketResult.CoreDump,
    };

    private void WarnAboutLeftovers()
    {
        foreach (var pid in Context.Processes.ProcessesOf(this))
        {
            Log(LogLevel.Warning, $"Found left-over process {pid} ({Context.ProcessTable.Comm(pid)}) in control group while starting unit. Ignoring.\n" +
                "This usually indicates unclean termination of a previous run, or service implementation deficiencies.");
        }
    }

    /// <summary>After a reload of the configuration: the command that is running has a place in the new list.</summary>
    private void MoveCommand() => _command = _command?.MovedTo(SocketCommands.Of(Settings, _commandKind));

    private void ClearCommand()
    {
        _command = null;
        _commandKind = SocketCommand.None;
    }

    private void DropControl()
    {
        if (_control is { } control)
        {
            Context.Units.Unwatch(control.Pid, this);
            _control = null;
        }
    }

    private void SetDeadline() => SetDeadline(Settings.Timeout);

    private void SetDeadline(ulong timeoutUsec) => SetDeadlineAt(Context.Loop.DeadlineIn(timeoutUsec));

    private void SetDeadlineAt(ulong deadline)
    {
        if (_timer is null)
        {
            _timer = Context.Loop.At(Clock.Monotonic, deadline, OnTimeout);
        }
        else
        {
            _timer.Rearm(deadline);
        }
    }

    private void DisarmTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
