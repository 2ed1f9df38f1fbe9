namespace Trasgo.UnitFiles.Directives;

/// <summary>The controllers that Delegate= and DisableControllers= name, in systemd's order.</summary>
[Flags]
internal enum CgroupControllers
{
    None = 0,
    Cpu = 1 << 0,
    CpuAcct = 1 << 1,
    CpuSet = 1 << 2,
    Io = 1 << 3,
    BlkIo = 1 << 4,
    Memory = 1 << 5,
    Devices = 1 << 6,
    Pids = 1 << 7,
    BpfFirewall = 1 << 8,
    BpfDevices = 1 << 9,
    BpfForeign = 1 << 10,
    BpfSocketBind = 1 << 11,
    BpfRestrictNetworkInterfaces = 1 << 12,

    /// <summary>What Delegate=yes hands over: the real ones of control groups v2.</summary>
    AllDelegated = Cpu | CpuSet | Io | Memory | Pids,
}
