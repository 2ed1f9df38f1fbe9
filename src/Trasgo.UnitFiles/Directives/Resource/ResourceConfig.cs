using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>systemd.resource-control(5): the control group of a unit.</summary>
internal sealed class ResourceConfig
{
    /// <summary>A weight, limit or number of shares that was not given.</summary>
    public const ulong Unset = ulong.MaxValue;

    public const ulong NoLimit = ulong.MaxValue;

    public ResourceConfig(ManagerDefaults? defaults = null, bool isSlice = false)
    {
        defaults ??= new ManagerDefaults();
        Host = defaults.Host;
        CpuAccounting = defaults.CpuAccounting ?? defaults.Host.CountsCpuTime;
        IoAccounting = defaults.IoAccounting;
        BlockIoAccounting = defaults.BlockIoAccounting;
        MemoryAccounting = defaults.MemoryAccounting;
        TasksAccounting = defaults.TasksAccounting;
        IpAccounting = defaults.IpAccounting;
        TasksMax = isSlice ? TasksMax.Unset : defaults.TasksMax;
    }

    public HostFacts Host { get; }

    /// <summary>Slice=; null: the default slice.</summary>
    public string? Slice;

    public bool CpuAccounting;
    public bool IoAccounting;
    public bool BlockIoAccounting;
    public bool MemoryAccounting;
    public bool TasksAccounting;
    public bool IpAccounting;
    public bool Delegate;
    public CgroupControllers DelegateControllers;
    public CgroupControllers DisableControllers;

    /// <summary>0: idle.</summary>
    public ulong CpuWeight = Unset;

    public ulong StartupCpuWeight = Unset;
    public ulong CpuShares = Unset;
    public ulong StartupCpuShares = Unset;
    public ulong CpuQuotaPerSecUsec = TimeSpans.Infinity;
    public ulong CpuQuotaPeriodUsec = TimeSpans.Infinity;
    public CpuSet AllowedCpus = new();
    public CpuSet StartupAllowedCpus = new();
    public CpuSet AllowedMemoryNodes = new();
    public CpuSet StartupAllowedMemoryNodes = new();
    public ulong IoWeight = Unset;
    public ulong StartupIoWeight = Unset;
    public List<DeviceValue> IoDeviceWeights = [];
    public List<IoDeviceLimit> IoDeviceLimits = [];
    public List<DeviceValue> IoDeviceLatencies = [];
    public ulong BlockIoWeight = Unset;
    public ulong StartupBlockIoWeight = Unset;
    public List<DeviceValue> BlockIoDeviceWeights = [];
    public List<BlockIoBandwidth> BlockIoBandwidths = [];
    public ulong DefaultMemoryMin;
    public ulong DefaultMemoryLow;
    public bool DefaultMemoryMinSet;
    public bool DefaultMemoryLowSet;
    public ulong MemoryMin;
    public ulong MemoryLow;
    public bool MemoryMinSet;
    public bool MemoryLowSet;
    public ulong MemoryHigh = NoLimit;
    public ulong MemoryMax = NoLimit;
    public ulong MemorySwapMax = NoLimit;
    public ulong MemoryLimit = NoLimit;

    /// <summary>memory.oom.group, set by OOMPolicy=kill.</summary>
    public bool MemoryOomGroup;

    public DevicePolicy DevicePolicy;
    public List<DeviceAllow> DeviceAllow = [];
    public TasksMax TasksMax;
    public List<AddressPrefix> IpAddressAllow = [];
    public List<AddressPrefix> IpAddressDeny = [];
    public List<string> IpIngressFilterPath = [];
    public List<string> IpEgressFilterPath = [];
    public List<BpfProgram> BpfPrograms = [];
    public List<SocketBindItem> SocketBindAllow = [];
    public List<SocketBindItem> SocketBindDeny = [];
    public NameFilter RestrictNetworkInterfaces = new();
    public ManagedOomMode ManagedOomSwap;
    public ManagedOomMode ManagedOomMemoryPressure;

    /// <summary>Scaled so that uint.MaxValue is all of the time.</summary>
    public uint ManagedOomMemoryPressureLimit;

    public ManagedOomPreference ManagedOomPreference;
}
