using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager;

internal sealed partial class ServiceManager : IManagerFacade
{
    private bool _reloading;
    private bool _isLogLevelSet;
    private bool _isLogTargetSet;
    private UnitFiles.Install.UnitFileInstaller? _installer;

    public UnitFiles.Install.UnitFileInstaller Installer => _installer ??= new(_engine.Loader.SearchPath, _engine.Loader.Files, _host);

    public ManagerIdentity Identity => field ??= new ManagerIdentity
    {
        Version = "252 (trasgo)",
        Features = BuildFeatures.Text,
        Virtualization = Container.IsContainer ? Container.Detect() : "",
        Architecture = HostArchitecture.Name ?? "",
        IsInit = _options.IsInit,
        Uid = ProcessControl.EffectiveUid,
    };

    IReadOnlyList<string> IManagerFacade.Environment => _environment.Assignments;

    public byte ExitCode { get; private set; }

    string IManagerFacade.LogLevel => LogLevels.Name(_log.MaxLevel);

    public string LogTarget => _log.Target;

    public bool ShowStatus => _console.IsEnabled;

    public string SystemState
    {
        get
        {
            if (IsPending(SpecialUnits.ShutdownTarget))
            {
                return "stopping";
            }

            if (!IsStarted)
            {
                return _engine.Units.Find(SpecialUnits.BasicTarget) is { ActiveState: UnitActiveState.Active } ? "starting" : "initializing";
            }

            if (_options.IsInit && (IsPending(SpecialUnits.RescueTarget) || IsPending(SpecialUnits.EmergencyTarget)))
            {
                return "maintenance";
            }

            return _engine.Units.FailedCount > 0 ? "degraded" : "running";
        }
    }

    /// <summary>The system comes up or goes down.</summary>
    private bool IsOnTheWay => !IsStarted || IsPending(SpecialUnits.ShutdownTarget);

    public DualTimestamp TimeOf(ManagerTimestamp moment) => _times.GetValueOrDefault(moment);

    public bool SetLogLevel(string level)
    {
        var isSet = level.Length > 0;
        if (level.Length == 0)
        {
            level = _options.LogLevel ?? Defaults.LogLevel;
        }

        if (!LogLevels.TryParse(level, out var parsed))
        {
            return false;
        }

        _log.MaxLevel = parsed;
        _isLogLevelSet = isSet;
        return true;
    }

    public bool SetLogTarget(string target)
    {
        var isSet = target.Length > 0;
        if (target.Length == 0)
        {
            target = _options.LogTarget ?? (Defaults.LogTarget.Length > 0 ? Defaults.LogTarget : DefaultLogTarget);
        }

        if (!LogLevels.IsTarget(target))
        {
            return false;
        }

        _log.Target = target;
        _isLogTargetSet = isSet;
        return true;
    }

    /// <summary>As systemd: a container has no log of the kernel's that it may write to, and a manager that is not PID 1 looks where it was started.</summary>
    private string DefaultLogTarget => !_options.IsInit ? "auto" : Container.IsContainer ? "journal" : "journal-or-kmsg";

    public bool SetShowStatus(string mode)
    {
        switch (mode)
        {
            case "":
                _console.IsEnabled = _options.ShowStatus ?? _options.IsInit;
                return true;
            case "no" or "false" or "error" or "auto":
                _console.IsEnabled = false;
                return true;
            case "yes" or "true" or "temporary":
                _console.IsEnabled = true;
                return true;
            default:
                return false;
        }
    }

    public Refusal? SetExitCode(byte code)
    {
        ExitCode = code;
        return null;
    }

    public Refusal? ChangeEnvironment(IReadOnlyList<string> names, IReadOnlyList<string> assignments) =>
        _environment.Change(names, assignments) is { } problem ? new Refusal("org.freedesktop.DBus.Error.InvalidArgs", problem) : null;

    /// <summary>
    /// Generators run first, as children, while the loop goes on; then all files are read in one go. Jobs, processes
    /// and sockets stay untouched.
    /// </summary>
    public void Reload(Action<Refusal?> done)
    {
        // The generators run at the start and before a re-execution as well.
        if (_reloading || _generators.IsRunning || _reexecution.IsUnderWay)
        {
            done(new Refusal("org.freedesktop.DBus.Error.LimitsExceeded", "A reload is under way already."));
            return;
        }

        _reloading = true;
        _log.Write(LogLevel.Info, unit: null, "Reloading.");
        _bus?.Changes.Reloading(active: true);
        Stamp(ManagerTimestamp.GeneratorsStart);
        _generators.RunAsync(() =>
        {
            OnGenerated();
            Stamp(ManagerTimestamp.UnitsLoad);
            Stamp(ManagerTimestamp.UnitsLoadStart);
            Defaults = ManagerConfiguration.Load(_options.Scope, _log);
            _engine.Defaults = Defaults;
            _engine.Loader.Reload();
            _options.Units?.OnReloaded(_engine);
            Stamp(ManagerTimestamp.UnitsLoadFinish);
            _reloading = false;
            _bus?.OnReloaded();
            _bus?.Changes.Reloading(active: false);
            done(null);
            ReexecuteIfWanted();
        });
    }

    public Refusal? End(ManagerEnd end)
    {
        SetObjective(end switch
        {
            ManagerEnd.Exit => ManagerObjective.Exit,
            ManagerEnd.Reboot => ManagerObjective.Reboot,
            ManagerEnd.PowerOff => ManagerObjective.PowerOff,
            ManagerEnd.Halt => ManagerObjective.Halt,
            _ => ManagerObjective.Kexec,
        });
        return null;
    }

    public void Freeze(Unit unit, bool freeze, Action<Refusal?> done)
    {
        if (_freezer is null)
        {
            done(new Refusal("org.freedesktop.DBus.Error.NotSupported", $"Unit '{unit.Id}' does not support freezing."));
        }
        else
        {
            _freezer.Request(unit, freeze, done);
        }
    }

    public FreezerState FreezerStateOf(Unit unit) => _freezer?.StateOf(unit) ?? FreezerState.Running;

    private static Refusal NotOffered(string what) =>
        new("org.freedesktop.DBus.Error.NotSupported", $"{what} is not supported by this version.");

    private bool IsPending(string name) =>
        _engine.Units.Find(name) is { } unit && (unit.IsActiveOrActivating || unit.Job is { Type: JobType.Start or JobType.Restart or JobType.ReloadOrStart });
}
