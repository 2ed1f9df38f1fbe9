using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Unit] section, and what every unit has before its files are read.</summary>
internal sealed class UnitConfig
{
    public UnitConfig(UnitType type, ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        StartLimitInterval = defaults.StartLimitInterval;
        StartLimitBurst = defaults.StartLimitBurst;
        IgnoreOnIsolate = type is UnitType.Mount or UnitType.Automount or UnitType.Swap or UnitType.Scope or UnitType.Slice
            or UnitType.Device;
    }

    /// <summary>null where none was given; then the unit's name is shown.</summary>
    public string? Description;

    public List<string> Documentation = [];
    public string? SourcePath;

    /// <summary>As written: no inverses, no defaults, no duplicates removed.</summary>
    public List<Dependency> Dependencies = [];

    public List<string> RequiresMountsFor = [];
    public bool StopWhenUnneeded;
    public bool RefuseManualStart;
    public bool RefuseManualStop;
    public bool AllowIsolate;
    public bool DefaultDependencies = true;

    /// <summary>The word for a job mode, as OnFailureJobMode= takes it.</summary>
    public string OnSuccessJobMode = "fail";

    public string OnFailureJobMode = "replace";
    public bool IgnoreOnIsolate;
    public ulong JobTimeout = TimeSpans.Infinity;
    public ulong JobRunningTimeout = TimeSpans.Infinity;
    public bool JobRunningTimeoutSet;
    public EmergencyAction JobTimeoutAction;
    public string? JobTimeoutRebootArgument;
    public ulong StartLimitInterval;
    public uint StartLimitBurst;
    public EmergencyAction StartLimitAction;
    public EmergencyAction FailureAction;
    public EmergencyAction SuccessAction;

    /// <summary>-1: the status of the process that failed.</summary>
    public int FailureActionExitStatus = -1;

    public int SuccessActionExitStatus = -1;
    public string? RebootArgument;
    public CollectMode CollectMode;

    /// <summary>In the order of the files; the bus shows them last first, as systemd does.</summary>
    public List<Condition> Conditions = [];

    public List<Condition> Asserts = [];
}
