using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>What units that have processes show of them.</summary>
internal static class CgroupProperties
{
    public static readonly BusMember[] Rows =
    [
        String("Slice", static v => v.Unit.Slice?.Id ?? ""),
        String("ControlGroup", static v => v.Manager.Engine.Processes.ControlGroupOf(v.Unit)),
        UInt64("ControlGroupId", static v => v.Manager.Count(v.Unit, UnitCounter.ControlGroupId) is var id and not ulong.MaxValue ? id : 0),
        Counter(UnitCounter.MemoryCurrent),
        Counter(UnitCounter.MemoryAvailable),
        Counter(UnitCounter.CPUUsageNSec),
        Property("EffectiveCPUs", "ay", static (_, w) => w.ByteArray([])),
        Property("EffectiveMemoryNodes", "ay", static (_, w) => w.ByteArray([])),
        Counter(UnitCounter.TasksCurrent),
        Counter(UnitCounter.IPIngressBytes),
        Counter(UnitCounter.IPIngressPackets),
        Counter(UnitCounter.IPEgressBytes),
        Counter(UnitCounter.IPEgressPackets),
        Counter(UnitCounter.IOReadBytes),
        Counter(UnitCounter.IOReadOperations),
        Counter(UnitCounter.IOWriteBytes),
        Counter(UnitCounter.IOWriteOperations),
        Method("GetProcesses", "", [], "a(sus)", ["processes"],
            static (view, call) => UnitActions.GetProcesses(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("AttachProcesses", "sau", ["subcgroup", "pids"], "", [],
            static (view, call) => ScopeProcesses.Attach(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
    ];

    private static BusProperty Counter(UnitCounter counter) =>
        UInt64(counter.ToString(), view => view.Manager.Count(view.Unit, counter));
}
