using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Manager] section of systemd-system.conf(5): what the manager does itself, and what units get that do not say
/// otherwise. The fields start with the values systemd has compiled in.
/// </summary>
internal sealed class ManagerDefaults
{
    private SharedDefaults? _shared;

    /// <summary>Made when the first unit asks for it: the configuration of the manager has been read by then.</summary>
    public SharedDefaults Shared => _shared ??= new SharedDefaults(this);

    public RuntimeScope Scope = RuntimeScope.System;
    public HostFacts Host = new();

    // The manager itself.
    public string LogLevel = "info";

    /// <summary>"" leaves it to what the manager is.</summary>
    public string LogTarget = "";
    public bool LogColor = true;
    public bool LogLocation;
    public bool LogTime;
    public bool DumpCore = true;
    public int CrashChangeVT = -1;
    public bool CrashShell;
    public bool CrashReboot;
    public ShowStatus ShowStatus = ShowStatus.Auto;
    public StatusUnitFormat StatusUnitFormat = StatusUnitFormat.Combined;
    public CpuSet CpuAffinity = new();
    public int NumaPolicy = -1;
    public CpuSet NumaMask = new();
    public ulong RuntimeWatchdog;
    public ulong RuntimeWatchdogPre;
    public ulong RebootWatchdog = 10 * TimeSpans.Minute;
    public ulong KExecWatchdog;
    public string? WatchdogDevice;
    public string? RuntimeWatchdogPreGovernor;
    public ulong CapabilityBoundingSet = Capabilities.All;
    public bool NoNewPrivileges;
    public SortedSet<string> SystemCallArchitectures = new(StringComparer.Ordinal);
    public ulong TimerSlackNsec = TimeSpans.Infinity;
    public List<string> ManagerEnvironment = [];
    public EmergencyAction CtrlAltDelBurstAction = EmergencyAction.RebootForce;

    // What units start with.
    public ulong TimerAccuracy = TimeSpans.Minute;
    public ExecOutput StandardOutput = ExecOutput.Journal;
    public ExecOutput StandardError = ExecOutput.Inherit;
    public ulong TimeoutStart = 90 * TimeSpans.Second;
    public ulong TimeoutStop = 90 * TimeSpans.Second;
    public ulong? TimeoutAbort;
    public ulong DeviceTimeout = 90 * TimeSpans.Second;
    public ulong Restart = 100 * TimeSpans.Millisecond;
    public ulong StartLimitInterval = 10 * TimeSpans.Second;
    public uint StartLimitBurst = 5;
    public List<string> Environment = [];
    public ResourceLimit?[] Limits = new ResourceLimit?[ResourceLimit.Count];
    public bool? CpuAccounting;
    public bool IoAccounting;
    public bool IpAccounting;
    public bool BlockIoAccounting;
    public bool MemoryAccounting = true;
    public bool TasksAccounting = true;

    /// <summary>15 percent of what the system can have.</summary>
    public TasksMax TasksMax = new(15, 100);

    public OomPolicy OomPolicy = OomPolicy.Stop;
    public int? OomScoreAdjust;
    public string? SmackProcessLabel;
}
