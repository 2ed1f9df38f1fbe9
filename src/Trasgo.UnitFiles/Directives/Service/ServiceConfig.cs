using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Service] section of systemd.service(5).</summary>
/// <remarks>
/// The settings of processes and of the control group are many, and most services give none or few: until the first is written,
/// services share the manager's defaults.
/// </remarks>
internal sealed class ServiceConfig
{
    private readonly ManagerDefaults _defaults;
    private ExecConfig? _exec;
    private ResourceConfig? _resources;

    public ServiceConfig(UnitConfig unit, ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        _defaults = defaults;
        Unit = unit;
        RestartDelay = defaults.Restart;
        TimeoutStart = defaults.TimeoutStart;
        TimeoutStop = defaults.TimeoutStop;
        TimeoutAbort = defaults.TimeoutAbort;
    }

    /// <summary>Some settings of [Unit] once stood in [Service], and Sockets= makes dependencies.</summary>
    public UnitConfig Unit { get; }

    /// <summary>All files of the unit have been read: what follows from them may be added.</summary>
    public bool IsRead { get; set; }

    /// <summary>To be read only; what is assigned goes to <see cref="OwnExec"/>.</summary>
    public ExecConfig Exec => _exec ?? (IsRead ? _defaults.Shared.ServiceExec : _defaults.Shared.UnreadServiceExec);

    public ExecConfig OwnExec => _exec ??= SharedDefaults.NewServiceExec(_defaults);

    public KillConfig Kill { get; } = new();

    /// <summary>To be read only; what is assigned goes to <see cref="OwnResources"/>.</summary>
    public ResourceConfig Resources => _resources ?? _defaults.Shared.Resources;

    public ResourceConfig OwnResources => _resources ??= new ResourceConfig(_defaults);

    /// <summary>null until it is written or, once the unit is read whole, deduced.</summary>
    public ServiceType? Type;

    public ServiceExitType ExitType;
    public RestartPolicy Restart;
    public string? PidFile;
    public NotifyAccess NotifyAccess;
    public ulong RestartDelay;
    public ulong TimeoutStart;
    public ulong TimeoutStop;

    /// <summary>Whether TimeoutStartSec= was written: otherwise Type=oneshot has none.</summary>
    public bool TimeoutStartSet;

    /// <summary>null: as TimeoutStopSec=.</summary>
    public ulong? TimeoutAbort;

    public TimeoutFailureMode TimeoutStartFailureMode;
    public TimeoutFailureMode TimeoutStopFailureMode;
    public ulong RuntimeMax = TimeSpans.Infinity;
    public ulong RuntimeRandomizedExtra;
    public ulong Watchdog;
    public bool PermissionsStartOnly;
    public bool RootDirectoryStartOnly;
    public bool RemainAfterExit;
    public bool GuessMainPid = true;
    public ExitStatusSet RestartPreventExitStatus = new();
    public ExitStatusSet RestartForceExitStatus = new();
    public ExitStatusSet SuccessExitStatus = new();
    public string? BusName;
    public uint FileDescriptorStoreMax;

    /// <summary>Sockets=: the units whose descriptors are passed.</summary>
    public List<string> Sockets = [];

    public string? UsbFunctionDescriptors;
    public string? UsbFunctionStrings;

    /// <summary>null: DefaultOOMPolicy=, or continue with Delegate=.</summary>
    public OomPolicy? OomPolicy;

    public List<ExecCommand> ExecCondition = [];
    public List<ExecCommand> ExecStartPre = [];
    public List<ExecCommand> ExecStart = [];
    public List<ExecCommand> ExecStartPost = [];
    public List<ExecCommand> ExecReload = [];
    public List<ExecCommand> ExecStop = [];
    public List<ExecCommand> ExecStopPost = [];

    public ulong EffectiveTimeoutAbort => TimeoutAbort ?? TimeoutStop;
}
