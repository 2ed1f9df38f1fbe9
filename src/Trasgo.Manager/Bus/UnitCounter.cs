namespace Trasgo.Manager.Bus;

/// <summary>What a control group counts, with the names of the properties.</summary>
internal enum UnitCounter
{
    ControlGroupId,
    MemoryCurrent,
    MemoryAvailable,
    CPUUsageNSec,
    TasksCurrent,
    IPIngressBytes,
    IPIngressPackets,
    IPEgressBytes,
    IPEgressPackets,
    IOReadBytes,
    IOReadOperations,
    IOWriteBytes,
    IOWriteOperations,
}
