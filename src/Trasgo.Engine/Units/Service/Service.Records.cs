using Trasgo.Engine.State;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Service
{
    private bool _awaitedPidFile;

    protected override void SaveOwn(StateRecord record)
    {
        record.PutEnum("state", _state);
        record.PutEnum("result", Result);
        record.PutEnum("reload-result", ReloadResult);
        record.PutEnum("clean-result", CleanResult);
        record.Put("restarts", RestartCount);
        record.Put("flush-restarts", _flushRestartCount);
        record.Put("forbid-restart", _forbidRestart);
        record.Put("will-restart", _willAutoRestart);
        record.Put("main-known", _mainKnown);
        record.Put("deadline", _deadline, ulong.MaxValue);
        record.Put("bus-name-owner", _busNameOwner);
        record.PutEnum("notified", _notifyState);
        record.Put("status-text", StatusText);
        record.Put("status-errno", (ulong)StatusErrno);
        record.Put("pid-file-awaited", _pidFile.IsAwaited);
        _main?.Save(record, "main");
        _control?.Save(record, "control");
        SaveCommands(record);
        _watchdog.Save(record);
        Store.Save(record);
        record.Put("stdin", Streams.Input);
        record.Put("stdout", Streams.Output);
        record.Put("stderr", Streams.Error);
        _connection?.Save(record);
    }

    protected override void RestoreOwn(StateRecord record)
    {
        _state = record.Enum("state", ServiceState.Dead);
        Result = record.Enum("result", ServiceResult.Success);
        ReloadResult = record.Enum("reload-result", ServiceResult.Success);
        CleanResult = record.Enum("clean-result", ServiceResult.Success);
        RestartCount = record.Count("restarts");
        _flushRestartCount = record.Flag("flush-restarts");
        _forbidRestart = record.Flag("forbid-restart");
        _willAutoRestart = record.Flag("will-restart");
        _mainKnown = record.Flag("main-known");
        _deadline = record.Number("deadline", ulong.MaxValue);
        _busNameOwner = record.Text("bus-name-owner") is { Length: > 0 } owner ? owner : null;
        _notifyState = record.Enum("notified", ServiceNotification.Unknown);
        StatusText = record.Text("status-text");
        StatusErrno = (int)record.Count("status-errno");
        _awaitedPidFile = record.Flag("pid-file-awaited");
        _main = UnitProcess.Restore(record, "main", Context.ProcessTable);
        _control = UnitProcess.Restore(record, "control", Context.ProcessTable);
        RestoreCommands(record);
        _watchdog.Restore(record);
        Store.Restore(record);
        TakeStreams(new StandardStreams { Input = record.Descriptor("stdin"), Output = record.Descriptor("stdout"), Error = record.Descriptor("stderr") });
        if (AcceptedConnection.Restore(record, Context.Units) is { } connection)
        {
            SetConnection(connection);
            connection.Socket.TakeBack(this, connection);
        }

        DropWhatIsNotKept();
    }

    /// <summary>A damaged record may hold more than what goes with the state; the rules of <see cref="SetState"/> hold here too.</summary>
    private void DropWhatIsNotKept()
    {
        var keep = ServiceFacts.Of(_state).Keep;
        if ((keep & Keep.Timer) == 0)
        {
            _deadline = ulong.MaxValue;
        }

        if ((keep & Keep.Main) == 0)
        {
            _main = null;
            _commands.Main = null;
        }

        if ((keep & Keep.Control) == 0)
        {
            _control = null;
            _commands.ClearControl();
        }

        if ((keep & Keep.Watchdog) == 0)
        {
            _watchdog.Stop();
        }
    }

    public override void Coldplug()
    {
        base.Coldplug();
        foreach (var process in (ReadOnlySpan<UnitProcess?>)[_main, _control])
        {
            if (process is { IsAlive: true })
            {
                Context.Units.Watch(process.Pid, this);
            }
        }

        if (_main is { IsAlive: true, IsAlien: true, Handle.PidFd: { } fd })
        {
            _alienWatch = Context.Loop.OnReadable(fd, OnAlienGone, EventPriority.Children);
        }

        TakeUpDeadline();
        _watchdog.Coldplug();

        // Whoever has nobody whose exit would be told waits for the last process of the group, as far as there is one.
        if ((ServiceFacts.Of(_state).Keep & Keep.Processes) != 0 && _main is not { IsAlive: true, IsAlien: false } && _control is null)
        {
            Context.Processes.WatchEmpty(this);
        }
    }

    public override void CatchUp()
    {
        if (_awaitedPidFile && Settings.PidFile is not null && _state is (ServiceState.Start or ServiceState.StartPost))
        {
            _pidFile.Demand();
        }

        _awaitedPidFile = false;
        if (_state == ServiceState.Start && Settings.Type == ServiceType.Idle && _main is null && _commands.Main is { } held)
        {
            Context.Queues.Idle.Wait(this, () => StartIdle(held));
        }
    }

    /// <summary>A state whose deadline has been lost with a damaged record gets another one: nothing is waited for without end.</summary>
    private void TakeUpDeadline()
    {
        if (_deadline != ulong.MaxValue)
        {
            SetDeadlineAt(_deadline);
            return;
        }

        switch (_state)
        {
            case ServiceState.Start when Settings.Type is ServiceType.Simple or ServiceType.Idle:
                break;
            case ServiceState.Condition or ServiceState.StartPre or ServiceState.Start or ServiceState.StartPost or ServiceState.Reload:
                SetDeadline(Settings.TimeoutStart);
                break;
            case ServiceState.Running:
                SetDeadlineAt(RuntimeDeadline());
                break;
            case ServiceState.StopWatchdog or ServiceState.FinalWatchdog:
                SetDeadline(AbortTimeout);
                break;
            case ServiceState.AutoRestart when Job is null:
                SetDeadline(Settings.RestartDelay);
                break;
            case ServiceState.Cleaning:
                SetDeadline(Exec.TimeoutClean);
                break;
            case ServiceState.Dead or ServiceState.Failed or ServiceState.Exited or ServiceState.AutoRestart:
                break;
            default:
                SetDeadline(Settings.TimeoutStop);
                break;
        }
    }

    private void SaveCommands(StateRecord record)
    {
        if (MainStatus.Pid != 0)
        {
            record.Add("main-status", CommandRecords.Words(MainStatus));
        }

        if (_commands.Main is { } main)
        {
            CommandRecords.Save(record, "main-command", nameof(ServiceCommand.Start), main.Index, main.Current);
        }

        if (_commands.Control is { } control)
        {
            CommandRecords.Save(record, "control-command", _commands.ControlKind.ToString(), control.Index, control.Current);
        }

        for (var kind = ServiceCommand.Condition; kind <= ServiceCommand.StopPost; kind++)
        {
            var list = CommandsOf(kind);
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i].Status.Pid != 0)
                {
                    CommandRecords.Save(record, "ran", kind.ToString(), i, list[i]);
                }
            }
        }
    }

    private void RestoreCommands(StateRecord record)
    {
        foreach (var words in record.All("main-status"))
        {
            CommandRecords.Read(words, MainStatus);
        }

        foreach (var words in record.All("ran"))
        {
            if (CommandRecords.Read(words) is var (list, index, command) && StateRecord.TryEnum(list, out ServiceCommand kind))
            {
                _ = CommandCursor.Of(command, index, CommandsOf(kind));
            }
        }

        foreach (var words in record.All("main-command"))
        {
            if (CommandRecords.Read(words) is var (_, index, command))
            {
                _commands.Main = CommandCursor.Of(command, index, Settings.ExecStart);
            }
        }

        foreach (var words in record.All("control-command"))
        {
            if (CommandRecords.Read(words) is var (list, index, command) && StateRecord.TryEnum(list, out ServiceCommand kind))
            {
                _commands.SetControl(kind, CommandCursor.Of(command, index, CommandsOf(kind)));
            }
        }
    }
}
