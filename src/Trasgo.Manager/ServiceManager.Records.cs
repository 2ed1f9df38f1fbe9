using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Manager;

/// <summary>What of the manager itself survives its re-execution.</summary>
internal sealed partial class ServiceManager
{
    private void SaveOwn(StateRecord record)
    {
        foreach (var (moment, time) in _times)
        {
            record.Add("time", moment.ToString(), StateRecord.Text(time.Realtime), StateRecord.Text(time.Monotonic));
        }

        record.Put("next-job", _engine.Jobs.NextId);
        record.Put("installed-jobs", _engine.Jobs.InstalledCount);
        record.Put("failed-jobs", _engine.Jobs.FailedCount);
        record.Put("exit-code", ExitCode);
        record.Put("no-watchdogs", !_engine.ServiceWatchdogs);
        record.Put("log-level", _isLogLevelSet ? LogLevels.Name(_log.MaxLevel) : null);
        record.Put("log-target", _isLogTargetSet ? _log.Target : null);
        record.Add("show-status", _console.IsEnabled ? "yes" : "no");
        record.Put("home-group", _homeGroup);
        record.Put("notify-socket", _notify?.Socket);
        DescriptorLimit.Save((soft, hard) => record.Add("descriptor-limit", StateRecord.Text(soft), StateRecord.Text(hard)));
        _superior.Save(record);
        foreach (var assignment in _environment.OwnAssignments)
        {
            record.Add("environment", assignment);
        }

        foreach (var assignment in _environment.ClientAssignments)
        {
            record.Add("client-environment", assignment);
        }

        foreach (var unit in _engine.Units.All)
        {
            if (_freezer?.StateOf(unit) is { } frozen and not FreezerState.Running)
            {
                record.Add("frozen", unit.Id, frozen.ToString());
            }

            if (_lastCpuUsage.TryGetValue(unit, out var last))
            {
                record.Add("cpu-usage", unit.Id, StateRecord.Text(last.Value));
            }
        }
    }

    /// <summary>Before anything is loaded.</summary>
    private void RestoreOwn(StateRecord record)
    {
        foreach (var words in record.All("time", 3))
        {
            if (StateRecord.TryEnum(words[0], out ManagerTimestamp moment) && StateRecord.TryNumber(words[1], out var wall) && StateRecord.TryNumber(words[2], out var steady))
            {
                _times[moment] = new DualTimestamp(wall, steady);
            }
        }

        _engine.Timekeeping.Startup = TimeOf(ManagerTimestamp.Userspace).Monotonic;
        _engine.Jobs.NextId = Math.Max(record.Count("next-job"), 1);
        _engine.Jobs.InstalledCount = record.Count("installed-jobs");
        _engine.Jobs.FailedCount = record.Count("failed-jobs");
        ExitCode = (byte)record.Number("exit-code");
        _engine.ServiceWatchdogs = !record.Flag("no-watchdogs");
        if (record.Text("log-level") is { Length: > 0 } level)
        {
            SetLogLevel(level);
        }

        if (record.Text("log-target") is { Length: > 0 } target)
        {
            SetLogTarget(target);
        }

        SetShowStatus(record.Text("show-status"));
        _superior.Restore(record);
        if (record.Has("environment"))
        {
            _environment.ResetOwn([.. record.All("environment", 1).Select(static words => words[0])]);
        }

        _environment.Change([], [.. record.All("client-environment", 1).Select(static words => words[0])]);
    }

    /// <summary>What the manager knows of units that the engine does not.</summary>
    private void RestoreUnits(StateRecord record)
    {
        foreach (var words in record.All("cpu-usage", 2))
        {
            if (_engine.Units.Find(words[0]) is { } unit && StateRecord.TryNumber(words[1], out var usage))
            {
                _lastCpuUsage.AddOrUpdate(unit, new LastUsage(usage));
            }
        }

        foreach (var words in record.All("frozen", 2))
        {
            if (_engine.Units.Find(words[0]) is { } unit && StateRecord.TryEnum(words[1], out FreezerState state))
            {
                _freezer?.Restore(unit, state);
            }
        }

        foreach (var unit in _engine.Units.All)
        {
            _runFiles?.Resume(unit);

            // Whoever watches single units, such as the journal's, sees them for the first time.
            _events.UnitChanged(unit);
        }
    }
}
