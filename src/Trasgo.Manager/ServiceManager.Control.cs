using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>What signals and emergency actions have the manager do.</summary>
internal sealed partial class ServiceManager : IManagerControl
{
    private bool _endsWhenIdle;

    public ManagerRole Role => _options switch
    {
        { IsInit: true } => ManagerRole.Init,
        { Scope: RuntimeScope.User } => ManagerRole.User,
        _ => ManagerRole.System,
    };

    public bool IsShuttingDown => IsPending(SpecialUnits.ShutdownTarget);

    public void StartUnit(string name, JobMode mode)
    {
        string? failure = null;
        if (_engine.Loader.LoadNow(name) is not { } unit)
        {
            failure = $"Failed to load {name}.";
        }
        else if (_engine.AddJob(JobType.Start, unit, mode) is { } refusal)
        {
            failure = $"Failed to enqueue {name} job: {refusal.Message}";
        }

        if (failure is null)
        {
            return;
        }

        _log.Write(LogLevel.Error, unit: null, failure);
        if (name == SpecialUnits.ExitTarget && !IsShuttingDown)
        {
            EndWithoutTarget();
        }
    }

    /// <summary>
    /// There is no exit.target, as where $SYSTEMD_UNIT_PATH names one directory of one's own, or it cannot be started. Whoever tells the
    /// manager to end by a signal is obeyed all the same: every unit is stopped, in order, and then it ends.
    /// </summary>
    private void EndWithoutTarget()
    {
        if (_endsWhenIdle)
        {
            return;
        }

        _endsWhenIdle = true;
        _log.Write(LogLevel.Info, unit: null, "Stopping all units.");
        _engine.Jobs.Clear();
        foreach (var unit in _engine.Units.All.ToArray())
        {
            if (!unit.IsPerpetual && !unit.IsInactiveOrFailed && _engine.AddJob(JobType.Stop, unit, JobMode.Replace) is { } refusal)
            {
                _log.Write(LogLevel.Warning, unit: null, $"Failed to stop {unit.Id}: {refusal.Message}");
            }
        }

        _drain.Schedule();
    }

    /// <summary>Ends the loop; what is in the queues by then is still told to the clients.</summary>
    public void SetObjective(ManagerObjective objective)
    {
        Objective = objective;
        _bus?.Changes.Drain();
        _loop.Exit(ExitCode);
    }

    public void SetExitStatus(int status) => ExitCode = (byte)status;

    public void Reload() => Reload(static _ => { });

    public void Dump()
    {
        foreach (var line in Dump([]).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _log.Write(LogLevel.Info, unit: null, line);
        }
    }

    public void ShowEmergency(string message) => _console.Plain(message);

    /// <summary>After the loop: whatever the units have left behind is ended, and then the machine is, where it is ours.</summary>
    private int End()
    {
        _log.Write(LogLevel.Info, unit: null, "Shutting down.");

        // Whoever asked for the end still gets the answer.
        _bus?.Changes.Drain();
        _bus?.Flush();
        var status = new ShutdownSequence(_log) { Role = Role, Leftovers = Leftovers }.Run(Objective, ExitCode);
        RemoveOwnGroups();
        return status;
    }

    private IEnumerable<int> Leftovers()
    {
        foreach (var unit in _engine.Units.All)
        {
            foreach (var pid in _engine.Processes.ProcessesOf(unit))
            {
                yield return pid;
            }
        }
    }

    /// <summary>A manager that is not PID 1 leaves the groups as it found them.</summary>
    private void RemoveOwnGroups()
    {
        if (!_options.IsInit && _groups.IsAvailable && _homeGroup is { } home)
        {
            _ = _groups.Attach(home, System.Environment.ProcessId);
            _groups.RemoveRoot();
            _controllers.RemoveRoot();
        }
    }
}
