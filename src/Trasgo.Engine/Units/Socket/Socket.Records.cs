using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

internal sealed partial class Socket
{
    private ulong _restoredDeadline = TimerSource.Never;

    protected override void SaveOwn(StateRecord record)
    {
        record.PutEnum("state", _state);
        record.PutEnum("result", Result);
        record.Put("accepted", AcceptedCount);
        record.Put("refused", RefusedCount);
        record.Put("deadline", Deadline, TimerSource.Never);
        _triggerLimit.Save(record, "trigger-limit");
        _control?.Save(record, "control");
        record.PutEnum("command-kind", _commandKind);
        if (_command is { } command)
        {
            CommandRecords.Save(record, "command", _commandKind.ToString(), command.Index, command.Current);
        }

        foreach (var port in _ports)
        {
            if (port.Descriptor is { } descriptor)
            {
                record.Add("port", port.Setting.Type.ToString(), port.Setting.Directive, port.Setting.Address, record.Shelve(descriptor));
            }
        }
    }

    protected override void RestoreOwn(StateRecord record)
    {
        _state = record.Enum("state", SocketState.Dead);
        Result = record.Enum("result", SocketResult.Success);
        AcceptedCount = record.Count("accepted");
        RefusedCount = record.Count("refused");
        _restoredDeadline = record.Number("deadline", TimerSource.Never);
        _triggerLimit.Restore(record, "trigger-limit");
        _control = UnitProcess.Restore(record, "control", Context.ProcessTable);
        _commandKind = record.Enum("command-kind", SocketCommand.None);
        foreach (var words in record.All("command"))
        {
            if (CommandRecords.Read(words) is var (_, index, command))
            {
                _command = CommandCursor.Of(command, index, SocketCommands.Of(Settings, _commandKind));
            }
        }

        foreach (var words in record.All("port", 4))
        {
            if (StateRecord.TryEnum(words[0], out SocketPortType type) && record.Unshelve(words[3]) is { } descriptor)
            {
                var port = new ListenPort(new SocketPort(type, words[1], words[2]));
                port.Open(descriptor);
                _ports.Add(port);
            }
        }

        DropWhatIsNotKept();
    }

    /// <summary>A damaged record may hold more than what goes with the state; the rules of <see cref="SetState"/> hold here too.</summary>
    private void DropWhatIsNotKept()
    {
        var keep = SocketFacts.Of(_state).Keep;
        if ((keep & SocketKeep.Control) == 0)
        {
            _restoredDeadline = TimerSource.Never;
            _control = null;
            ClearCommand();
        }

        if ((keep & SocketKeep.Ports) == 0)
        {
            foreach (var port in _ports)
            {
                port.Dispose();
            }

            _ports.Clear();
        }
    }

    /// <summary>An instance that served a connection before goes on doing so.</summary>
    public void TakeBack(Service service, AcceptedConnection connection)
    {
        AddDependency(UnitDependency.Before, service, DependencyOrigin.Implicit, reference: false);
        AddDependency(UnitDependency.Triggers, service, DependencyOrigin.Implicit, reference: false);
        if (connection.Source is { } source)
        {
            _sources.Add(source);
        }

        ConnectionCount++;
    }

    public override void Coldplug()
    {
        base.Coldplug();

        // The lines may be others than when the ports were opened: what is still asked for stays open.
        MatchPorts();
        if (_control is { IsAlive: true } control)
        {
            Context.Units.Watch(control.Pid, this);
        }
        else if (_state is SocketState.StopPreSigterm or SocketState.StopPreSigkill or SocketState.FinalSigterm or SocketState.FinalSigkill)
        {
            Context.Processes.WatchEmpty(this);
        }

        if (_restoredDeadline != TimerSource.Never)
        {
            SetDeadlineAt(_restoredDeadline);
        }
        else if ((SocketFacts.Of(_state).Keep & SocketKeep.Control) != 0)
        {
            SetDeadline();
        }
    }

    /// <summary>What came in meanwhile makes the descriptor readable, and is seen in the first round of the loop.</summary>
    public override void CatchUp()
    {
        if (_state == SocketState.Listening)
        {
            Watch();
        }
        else if (_state == SocketState.Running && ServiceUnit is { IsInactiveOrFailed: true, Job: null } service)
        {
            OnTriggeredUnitChanged(service);
        }
    }
}
