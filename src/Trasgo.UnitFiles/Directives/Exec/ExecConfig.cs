using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// systemd.exec(5): what processes of a unit are started with. Paths, users and the like are text here: they are resolved
/// when a process is started.
/// </summary>
internal sealed class ExecConfig
{
    public const int NumaUnset = -1;
    public const ulong PersonalityUnset = 0xffffffff;

    /// <summary>One above all namespace flags: nothing was assigned.</summary>
    public const ulong NamespacesUnset = ulong.MaxValue;

    /// <summary>SystemCallErrorNumber= when the process is to be killed: INT_MAX, as the bus shows it.</summary>
    public const int ErrnoKill = int.MaxValue - 1;

    public ExecConfig(ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        Host = defaults.Host;
        OomScoreAdjust = defaults.OomScoreAdjust;
        KeyringMode = defaults.Scope == RuntimeScope.System ? KeyringMode.Shared : KeyringMode.Inherit;
    }

    public HostFacts Host { get; }

    /// <summary>"NAME=value", each name once, in the order of the files.</summary>
    public List<string> Environment = [];

    public List<OptionalPath> EnvironmentFiles = [];
    public List<string> PassEnvironment = [];

    /// <summary>Names, or whole assignments that are removed only if the value is the same.</summary>
    public List<string> UnsetEnvironment = [];

    public uint UMask = 0x12;

    /// <summary>By <see cref="ResourceLimitKind"/>; null is left as it is.</summary>
    public ResourceLimit?[] Limits = new ResourceLimit?[ResourceLimit.Count];

    public WorkingDirectory WorkingDirectory;
    public string? RootDirectory;
    public string? RootImage;
    public List<MountOptions> RootImageOptions = [];
    public byte[]? RootHash;
    public string? RootHashPath;
    public byte[]? RootHashSignature;
    public string? RootHashSignaturePath;
    public string? RootVerity;
    public List<string> ExtensionDirectories = [];
    public List<MountImage> ExtensionImages = [];
    public List<MountImage> MountImages = [];
    public int? OomScoreAdjust;
    public ulong? CoredumpFilter;
    public int? Nice;

    /// <summary>The kernel's IOPRIO_PRIO_VALUE; null is left as it is.</summary>
    public int? IoPriority;

    public bool CpuSchedulingSet;
    public int CpuSchedulingPolicy;
    public int CpuSchedulingPriority;
    public bool CpuSchedulingResetOnFork;
    public CpuSet CpuAffinity = new();
    public bool CpuAffinityFromNuma;
    public int NumaPolicy = NumaUnset;
    public CpuSet NumaMask = new();
    public ulong TimerSlackNsec = TimeSpans.Infinity;
    public bool NonBlocking;

    public ExecInput StandardInput;
    public string? StandardInputFile;
    public string? StandardInputName;
    public byte[] StandardInputData = [];
    public ExecOutput StandardOutput;
    public string? StandardOutputFile;
    public string? StandardOutputName;
    public ExecOutput StandardError;
    public string? StandardErrorFile;
    public string? StandardErrorName;

    public string? TtyPath;
    public bool TtyReset;
    public bool TtyVHangup;
    public bool TtyVtDisallocate;

    /// <summary>uint.MaxValue: unset.</summary>
    public uint TtyRows = uint.MaxValue;

    public uint TtyColumns = uint.MaxValue;

    /// <summary>Facility and level as syslog(3) packs them.</summary>
    public int SyslogPriority = (3 << 3) | 6;

    public string? SyslogIdentifier;
    public bool SyslogLevelPrefix = true;

    /// <summary>-1: all.</summary>
    public int LogLevelMax = -1;

    public ulong LogRateLimitInterval;
    public uint LogRateLimitBurst;
    public List<string> LogExtraFields = [];
    public string? LogNamespace;

    public int SecureBits;
    public ulong CapabilityBoundingSet = Capabilities.All;
    public ulong AmbientCapabilities;
    public bool NoNewPrivileges;

    public string? User;
    public string? Group;
    public List<string> SupplementaryGroups = [];

    /// <summary>Of our own section: whether processes are in the groups that the user is in, too (initgroups(3)).</summary>
    public bool InitGroups = true;
    public bool DynamicUser;
    public bool RemoveIpc;
    public string? PamName;
    public List<SetCredential> SetCredentials = [];
    public List<LoadCredential> LoadCredentials = [];

    public List<string> ReadWritePaths = [];
    public List<string> ReadOnlyPaths = [];
    public List<string> InaccessiblePaths = [];
    public List<string> ExecPaths = [];
    public List<string> NoExecPaths = [];
    public List<string> ExecSearchPath = [];
    public List<BindMount> BindMounts = [];
    public List<TemporaryFileSystem> TemporaryFileSystems = [];

    /// <summary>The MS_* propagation flags of mount(2).</summary>
    public ulong MountFlags;

    public bool PrivateTmp;
    public bool PrivateDevices;
    public bool PrivateNetwork;
    public bool PrivateUsers;
    public bool PrivateMounts;
    public bool PrivateIpc;
    public bool ProtectClock;
    public bool ProtectKernelTunables;
    public bool ProtectKernelModules;
    public bool ProtectKernelLogs;
    public bool ProtectControlGroups;
    public bool ProtectHostname;
    public ProtectHome ProtectHome;
    public ProtectSystem ProtectSystem;
    public ProtectProc ProtectProc;
    public ProcSubset ProcSubset;
    public bool? MountApiVfs;
    public string? NetworkNamespacePath;
    public string? IpcNamespacePath;

    /// <summary>Set by mount and swap units, for the kernel's autofs.</summary>
    public bool SameProcessGroup;

    public string? UtmpIdentifier;
    public UtmpMode UtmpMode;
    public SecurityLabel SelinuxContext;
    public SecurityLabel AppArmorProfile;
    public SecurityLabel SmackProcessLabel;
    public bool IgnoreSigPipe = true;
    public KeyringMode KeyringMode;

    public NameFilter SystemCallFilter = new();
    public NameFilter SystemCallLog = new();
    public SortedSet<string> SystemCallArchitectures = new(StringComparer.Ordinal);
    public int SystemCallErrorNumber = ErrnoKill;
    public ulong Personality = PersonalityUnset;
    public bool LockPersonality;
    public NameFilter RestrictAddressFamilies = new();
    public NameFilter RestrictFileSystems = new();

    /// <summary>The CLONE_NEW* flags that stay permitted.</summary>
    public ulong RestrictNamespaces = NamespacesUnset;

    public bool MemoryDenyWriteExecute;
    public bool RestrictRealtime;
    public bool RestrictSuidSgid;

    public ExecDirectory RuntimeDirectory = new();
    public ExecDirectory StateDirectory = new();
    public ExecDirectory CacheDirectory = new();
    public ExecDirectory LogsDirectory = new();
    public ExecDirectory ConfigurationDirectory = new();
    public PreserveMode RuntimeDirectoryPreserve;
    public ulong TimeoutClean = TimeSpans.Infinity;
}
