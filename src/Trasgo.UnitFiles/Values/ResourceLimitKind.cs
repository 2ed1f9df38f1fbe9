namespace Trasgo.UnitFiles.Values;

/// <summary>In the order of the kernel's RLIMIT_* numbers.</summary>
internal enum ResourceLimitKind
{
    Cpu,
    FileSize,
    Data,
    Stack,
    Core,
    ResidentSet,
    Processes,
    OpenFiles,
    LockedMemory,
    AddressSpace,
    Locks,
    PendingSignals,
    MessageQueues,
    Nice,
    RealTimePriority,
    RealTime,
}
