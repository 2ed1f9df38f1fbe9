using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Exec;
using Trasgo.Linux;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// The manager: puts the parts together and runs the loop. It owns no algorithm of its own - units are the engine's, jobs the
/// job table's, processes the trackers' - only the order in which things happen.
/// </summary>
/// <remarks>
/// A wake-up of the loop handles its events, which leave work in queues; before the loop waits again all queues are
/// drained (<see cref="Drain"/>), and last of all the changes are told on the bus.
/// </remarks>
internal sealed partial class ServiceManager : IDisposable
{
    private readonly ManagerOptions _options;
    private readonly EventLoop _loop;
    private readonly ManagerLog _log;
    private readonly StatusConsole _console;
    private readonly EngineContext _engine;
    private readonly EngineEvents _events = new();
    private readonly JobBridge _jobs;
    private readonly DeferSource _drain;
    private readonly HeapTrimmer _heap;
    private readonly ChildReaper _reaper;
    private readonly Spawner _spawner;
    private readonly ControlGroups _groups;
    private readonly GroupTracker? _groupTracker;
    private readonly ControllerTree _controllers;
    private readonly ScanTracker? _scanTracker;
    private readonly Freezer? _freezer;
    private readonly JournalWatch _journal;
    private readonly UnitRunFiles? _runFiles;
    private readonly MountMonitor _mounts;
    private readonly HostTimeZones _zones;
    private readonly TimezoneMonitor _timezone;
    private readonly EnvironmentBlock _environment;
    private readonly CommandStarter _starter;
    private readonly Files.SpecifierHost _host;
    private readonly Generators _generators;
    private readonly string? _homeGroup;
    private readonly Superior _superior;
    private readonly Reexecution _reexecution;
    private NotifySocket? _notify;

    public ServiceManager(ManagerOptions options, EventLoop loop, Descriptor? logOutput, Descriptor? console)
    {
        _options = options;
        _loop = loop;
        _log = new ManagerLog(
            logOutput is null ? null : new ConsoleLog(logOutput, showTime: !options.IsInit, loop), new JournalLog(loop, options.Scope), KernelLog.Open(options.IsInit),
            options.SyslogIdentifier is { } identifier ? new SyslogLog(identifier, loop) : null);
        _console = new StatusConsole(console, colours: console is not null && Terminal.IsTerminal(console.Raw), () => IsOnTheWay)
        {
            IsEnabled = options.ShowStatus ?? options.IsInit,
        };
        _environment = options.ServiceEnvironment is { } given ? new EnvironmentBlock(given) : EnvironmentBlock.ForManager(options.Scope);
        _reaper = new ChildReaper(loop, OnChildExited);
        _spawner = new Spawner(loop, _reaper);
        _homeGroup = options.IsInit ? null
            : options.State is { } state ? state.Manager.Text("home-group")
            : ControlGroups.Open().PathOf(System.Environment.ProcessId);
        _groups = ControlGroups.Open(options.IsInit ? null : $"trasgo-{Environment.ProcessId}");
        _controllers = ControllerTree.Open(_groups);
        if (_groups.IsAvailable)
        {
            _groupTracker = new GroupTracker(loop, _groups, _controllers);
            _freezer = new Freezer(loop, _groups, _groupTracker);
            _groupTracker.Thawing = _freezer.Thaw;
            _groupTracker.Releasing = KeepCounters;
            _groupTracker.Released = _freezer.Forget;
        }
        else
        {
            _scanTracker = new ScanTracker(loop);
        }

        _starter = new CommandStarter(loop, _spawner, new ExecHost
        {
            Groups = _groups,
            Directories = ManagerDirectories.PrefixesFor(options),
            IsInit = options.IsInit,
            IsUserManager = options.Scope == RuntimeScope.User,
            JournalSocket = JournalWatch.StreamSocket,
        });
        var variables = EnvironmentBlock.Own();
        _zones = new HostTimeZones(variables.GetValueOrDefault("TZ"));
        Defaults = ManagerConfiguration.Load(options.Scope, _log);
        SetLogLevel("");
        SetLogTarget("");
        // Beside another PID 1, units/ is that one's; and of a manager with a directory of its own journald does not know.
        _runFiles = options.IsInit || (options.Scope == RuntimeScope.User && options.Units is null)
            ? new UnitRunFiles(loop, options.RuntimeDirectory + "/units", exportsSettings: options.IsInit, () => _engine!.Loader.Files)
            : null;
        if (_runFiles is not null)
        {
            _events.Add(_runFiles);
        }

        var executor = new UnitExecutor(() => _engine!, _starter, _environment, logOutput ?? console, _groupTracker, _scanTracker, _runFiles);
        _engine = new EngineContext
        {
            Scope = options.Scope,
            SharesHost = !options.IsInit,
            Loop = loop,
            Log = _log,
            Observer = _events,
            Executor = executor,
            Processes = (IProcessTracker?)_groupTracker ?? _scanTracker!,
            Defaults = Defaults,
            Directories = ManagerDirectories.For(options),
            Conditions = new ConditionTester(() => _environment.Assignments, _log),
            Emergency = new EmergencyActions(this, _log),
            NotifySocketPath = options.RuntimeDirectory + "/notify",
            Timekeeping = ManagerTimekeeping.Make(options.Scope, variables, _zones),
        };
        _drain = loop.DeferLater(Drain);
        _heap = new HeapTrimmer(loop) { Trimming = _spawner.Sweep };
        loop.AfterRound = _heap.OnWork;
        _engine.Wake = _drain.Schedule;
        _engine.Units.FindOwner = _engine.Processes.OwnerOf;
        _jobs = new JobBridge(_engine, _log, _console);
        _superior = Superior.Find(variables.GetValueOrDefault("NOTIFY_SOCKET"), _log);
        var files = new Files.RealFileSystem();
        _host = new Files.SpecifierHost(options.Scope, variables, files);
        var loader = new UnitLoader(_engine, UnitSearchPath.For(options.Scope, variables), files, _host);
        _engine.Complete(loader, new JobTable(_jobs, _jobs, _jobs));
        _journal = new JournalWatch(_engine, _log, options.IsInit);
        _events.Add(_journal);
        _reexecution = new Reexecution(loop, _spawner, executor, this);
        _mounts = new MountMonitor(_engine);
        _timezone = new TimezoneMonitor(_engine, _zones);
        _generators = new Generators(loop, _spawner, loader.SearchPath, files, _log)
        {
            ManagerEnvironment = () => _environment.OwnAssignments,
            OwnEnvironment = variables,
            Own = options.Scope == RuntimeScope.System ? options.OwnGenerators : [],
            FirstBoot = options.IsInit ? HostText.Exists("/run/systemd/first-boot") : null,
        };
    }

    public EngineContext Engine => _engine;

    public ManagerDefaults Defaults { get; private set; }

    public ManagerObjective Objective { get; private set; }

    public void Dispose()
    {
        _heap.Dispose();
        _journal.Dispose();
        _runFiles?.Dispose();
        _mounts.Dispose();
        _timezone.Dispose();
        _freezer?.Dispose();
        _generators.Dispose();
        _reexecution.Dispose();
        _signals?.Dispose();
        _bus?.Dispose();
        _notify?.Dispose();
        _superior.Dispose();
        _spawner.Dispose();
        _reaper.Dispose();
        _log.Dispose();
    }

    /// <summary>
    /// Everything that events have left to be done. Queues fill each other, so they are drained in turn until all are
    /// empty; a unit that keeps itself busy for ever is stopped by the limits of its own queue.
    /// </summary>
    private void Drain()
    {
        bool worked;
        do
        {
            worked = _engine.Queues.Drain();
            worked |= _jobs.Drain();
        }
        while (worked);

        if (_options.Scope == RuntimeScope.User && _engine.Units.Find(SpecialUnits.BasicTarget) is { ActiveState: UnitActiveState.Active })
        {
            _superior.OnBasicTarget();
        }

        if (_engine.Jobs.Jobs.Count == 0)
        {
            _engine.Queues.Idle.StartAll();
            OnJobsDone();
            if (_endsWhenIdle && Objective == ManagerObjective.Run)
            {
                SetObjective(ManagerObjective.Exit);
            }
        }
    }

    /// <summary>Called while the child is still a zombie, so that its unit can be found.</summary>
    private void OnChildExited(ChildExit exit)
    {
        if (_generators.OnChildExited(exit) || _reexecution.OnChildExited(exit))
        {
            return;
        }

        _scanTracker?.OnChildExited(exit.Pid);
        _engine.Units.TellExit(exit.Pid, (int)exit.Code, exit.Status);
        _groupTracker?.OnChildExited();
    }
}
