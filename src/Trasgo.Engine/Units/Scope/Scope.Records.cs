using Trasgo.Engine.State;
using Trasgo.Linux;

namespace Trasgo.Engine.Units;

internal sealed partial class Scope
{
    private ulong _restoredDeadline = ulong.MaxValue;

    protected override void SaveOwn(StateRecord record)
    {
        record.PutEnum("state", State, ScopeState.Dead);
        record.PutEnum("result", _result);
        record.Put("abandoned", _wasAbandoned);
        record.Put("controller", Controller);
        record.Put("deadline", _timer is { IsArmed: true } timer ? timer.Deadline : ulong.MaxValue, ulong.MaxValue);
        foreach (var process in _arriving)
        {
            record.Add("arriving", StateRecord.Text((ulong)process.Pid), process.PidFd is { } fd ? record.Shelve(fd) : "-");
        }
    }

    /// <summary>A scope that is up, or whose processes have still to come, is one although no file makes it so.</summary>
    public override void BeforeLoading(StateRecord record)
    {
        base.BeforeLoading(record);
        if (IsPerpetual)
        {
            return;
        }

        State = record.Enum("state", ScopeState.Dead);
        foreach (var words in record.All("arriving", 2))
        {
            // Without a handle the number may be anybody's by now.
            if (StateRecord.Int(words[0]) is > 1 and var pid && record.Unshelve(words[1]) is { } fd)
            {
                _arriving.Add(new ProcessHandle(pid, fd));
            }
        }
    }

    protected override void RestoreOwn(StateRecord record)
    {
        _result = record.Enum("result", ScopeResult.Success);
        _wasAbandoned = record.Flag("abandoned");
        Controller = record.Text("controller");
        _restoredDeadline = record.Number("deadline", ulong.MaxValue);
    }

    public override void Coldplug()
    {
        base.Coldplug();
        if (!State.HasProcesses() || IsPerpetual)
        {
            return;
        }

        Context.ScopeControllers.Watch(this);
        if (_restoredDeadline == ulong.MaxValue && State is (ScopeState.StopSigterm or ScopeState.StopSigkill))
        {
            SetDeadline(Settings.TimeoutStop);
        }
        else
        {
            SetDeadlineAt(_restoredDeadline);
        }

        Context.Processes.WatchEmpty(this);
    }
}
