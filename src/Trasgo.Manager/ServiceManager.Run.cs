using Trasgo.Engine.Jobs;
using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

internal sealed partial class ServiceManager
{
    private readonly Dictionary<ManagerTimestamp, DualTimestamp> _times = [];
    private SignalDuties? _signals;
    private ManagerBus? _bus;

    /// <summary>The first transaction has been made: before that, having no jobs does not mean that everything is up.</summary>
    private bool _isBooted;

    /// <summary>Everything is up that was to be started at first; told on the bus once.</summary>
    private bool IsStarted => _times.ContainsKey(ManagerTimestamp.Finish);

    /// <summary>Starts, runs until the end, and ends in order. Returns the exit status of the process.</summary>
    public int Run()
    {
        _loop.Perturbation = WakeUps.PerturbationOf(HostText.Line("/proc/sys/kernel/random/boot_id") ?? MachineId.Read() ?? "");
        if (_options.State is { Records.Count: > 0 } state)
        {
            Resume(state);
        }
        else
        {
            Start();
        }

        _loop.Run();
        return End();
    }

    private void Start()
    {
        Stamp(ManagerTimestamp.Userspace);
        _engine.Timekeeping.Startup = TimeOf(ManagerTimestamp.Userspace).Monotonic;
        MoveToInitScope();
        OpenSockets(passed: null);
        _signals = new SignalDuties(_loop, this, _engine.Emergency, _log) { CtrlAltDelBurstAction = Defaults.CtrlAltDelBurstAction };
        Stamp(ManagerTimestamp.GeneratorsStart);
        _generators.Run();
        OnGenerated();
        Stamp(ManagerTimestamp.UnitsLoadStart);
        _engine.Loader.ReadDirectories();
        LoadPerpetualUnits();
        _mounts.Start();
        _timezone.Start();
        Stamp(ManagerTimestamp.UnitsLoadFinish);
        _options.Units?.OnStarting(_engine);
        StartDefaultUnit();
        _isBooted = true;
        ListenToClients();
        ReexecuteIfWanted();
    }

    private void Stamp(ManagerTimestamp moment) => _times[moment] = DualTimestamp.Now(_loop);

    private void OpenSockets(StateRecord? passed)
    {
        if (FileSystem.MakeDirectories(_options.RuntimeDirectory, 0x1ED) is var error and not (Errno.None or Errno.EEXIST))
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to make {_options.RuntimeDirectory}/: {ErrnoNames.Message(error)}");
        }

        if (_options.Scope == RuntimeScope.System)
        {
            // By this directory clients know that the system is run by a manager of this kind (sd_booted(3)).
            _ = FileSystem.MakeDirectories(_options.RuntimeDirectory + "/system", 0x1ED);
        }

        var notify = passed?.Descriptor("notify-socket") is { } socket
            ? NotifySocket.Take(_loop, _engine.Units, _log, socket)
            : NotifySocket.Open(_loop, _engine.Units, _log, _engine.NotifySocketPath);
        if (notify.Ok)
        {
            _notify = notify.Value;
        }
        else
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to open {_engine.NotifySocketPath}, services cannot notify: {ErrnoNames.Message(notify.Error)}");
        }

        _bus = new ManagerBus(this, onBug: text => _log.Write(LogLevel.Error, unit: null, text));
        _events.Add(new BusObserver(_bus));
        _events.Add(_bus.Link);
        _jobs.JobChanged = _bus.Changes.JobChanged;
        _jobs.JobRemoved = _bus.Changes.JobRemoved;
    }

    /// <summary>Not before the first jobs are there: whoever can ask for our state is told that of a system that is starting.</summary>
    private void ListenToClients()
    {
        var path = _options.RuntimeDirectory + "/private";
        var refused = _bus!.Server.IsListening(path) ? Errno.None : _bus.Listen(path);
        if (refused != Errno.None)
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to open {path}, systemctl cannot connect: {ErrnoNames.Message(refused)}");
        }

        if (_options.MessageBusPath is { } address && !_bus.Server.IsListening(address))
        {
            FileSystem.MakeDirectories(Path.GetDirectoryName(address)!, 0x1ED);
            _bus.ListenAsMessageBus(address);
        }

        _engine.StandInBusPath = _options.MessageBusPath is { } served && _bus.Server.IsListening(served) ? served : null;

        _bus.Link.Schedule();
    }

    /// <summary>The manager has a group of its own, so that the groups above those of its units hold no processes.</summary>
    private void MoveToInitScope()
    {
        if (!_groups.IsAvailable)
        {
            return;
        }

        var scope = $"{_groups.Root}/{SpecialUnits.InitScope}";
        _ = _groups.Create(scope);
        if (_groups.Attach(scope, System.Environment.ProcessId) is var error and not Errno.None)
        {
            _log.Write(LogLevel.Warning, unit: null, $"Failed to move to {scope}: {ErrnoNames.Message(error)}");
        }
    }

    private void OnGenerated()
    {
        _options.Units?.Write(_log);
        Stamp(ManagerTimestamp.GeneratorsFinish);
        ForeignUnits.Mask(Role, _engine.Loader.SearchPath, _engine.Loader.Files);
        _engine.Loader.Rescan();
    }

    private void LoadPerpetualUnits()
    {
        Register(_engine.Loader.Mention(SpecialUnits.RootSlice), _groups.Root);
        if (_options.Scope == RuntimeScope.System)
        {
            _engine.Loader.Mention(SpecialUnits.SystemSlice);
            if (_options.IsInit)
            {
                Register(_engine.Loader.Mention(SpecialUnits.InitScope), $"{_groups.Root}/{SpecialUnits.InitScope}");
            }
        }

        _engine.Loader.Mention(SpecialUnits.RootMount);
        _engine.Queues.DrainLoading();
    }

    private void Register(Unit? unit, string path)
    {
        if (unit is not null)
        {
            _groupTracker?.Register(unit, path);
        }
    }

    /// <summary>What cannot be started gives way to rescue.target, so that somebody can log in and look.</summary>
    private void StartDefaultUnit()
    {
        var name = _options.Unit ?? SpecialUnits.DefaultTarget;
        if (TryStart(name) is not { } refusal)
        {
            return;
        }

        _log.Write(LogLevel.Error, unit: null, $"Failed to start {name}: {refusal}");
        if (TryStart(SpecialUnits.RescueTarget) is { } again)
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to start {SpecialUnits.RescueTarget}: {again}");
        }
    }

    private string? TryStart(string name)
    {
        if (_engine.Loader.LoadNow(name) is not { } unit)
        {
            return "not a unit name";
        }

        if (unit.LoadState != UnitLoadState.Loaded)
        {
            return unit.LoadError?.Text ?? unit.LoadState.Name();
        }

        var mode = unit.AllowIsolate ? JobMode.Isolate : JobMode.Replace;
        return _engine.AddJob(JobType.Start, unit, mode)?.Message;
    }

    private void OnJobsDone()
    {
        if (IsStarted || !_isBooted)
        {
            return;
        }

        _superior.OnNoJobs();
        Stamp(ManagerTimestamp.Finish);
        _log.Write(LogLevel.Info, unit: null, $"Startup finished in {(TimeOf(ManagerTimestamp.Finish).Monotonic - TimeOf(ManagerTimestamp.Userspace).Monotonic) / 1000} ms.");
        var userspace = TimeOf(ManagerTimestamp.Finish).Monotonic - TimeOf(ManagerTimestamp.Userspace).Monotonic;
        _bus?.Changes.StartupFinished(firmware: 0, loader: 0, kernel: 0, initrd: 0, userspace, total: userspace);
    }
}
