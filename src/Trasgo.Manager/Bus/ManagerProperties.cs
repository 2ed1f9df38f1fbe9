using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.ManagerBus>;

namespace Trasgo.Manager.Bus;

/// <summary>The manager's properties.</summary>
internal static class ManagerProperties
{
    private const MemberFlags Const = MemberFlags.Const;

    /// <summary>In the order of the properties, which is not the kernel's.</summary>
    private static readonly (string Name, ResourceLimitKind Kind)[] s_limits =
    [
        ("CPU", ResourceLimitKind.Cpu), ("FSIZE", ResourceLimitKind.FileSize), ("DATA", ResourceLimitKind.Data),
        ("STACK", ResourceLimitKind.Stack), ("CORE", ResourceLimitKind.Core), ("RSS", ResourceLimitKind.ResidentSet),
        ("NOFILE", ResourceLimitKind.OpenFiles), ("AS", ResourceLimitKind.AddressSpace), ("NPROC", ResourceLimitKind.Processes),
        ("MEMLOCK", ResourceLimitKind.LockedMemory), ("LOCKS", ResourceLimitKind.Locks), ("SIGPENDING", ResourceLimitKind.PendingSignals),
        ("MSGQUEUE", ResourceLimitKind.MessageQueues), ("NICE", ResourceLimitKind.Nice), ("RTPRIO", ResourceLimitKind.RealTimePriority),
        ("RTTIME", ResourceLimitKind.RealTime),
    ];

    public static readonly BusMember[] Rows =
    [
        String("Version", static b => b.Manager.Identity.Version, Const),
        String("Features", static b => b.Manager.Identity.Features, Const),
        String("Virtualization", static b => b.Manager.Identity.Virtualization, Const),
        String("Architecture", static b => b.Manager.Identity.Architecture, Const),
        String("Tainted", static b => b.Manager.Identity.Tainted, Const),
        .. Timestamps(ManagerTimestamp.Firmware, ManagerTimestamp.InitRDUnitsLoadFinish, Const),
        Writable("LogLevel", "s", static (b, w) => w.String(b.Manager.LogLevel), LogControlInterface.SetLevel),
        Writable("LogTarget", "s", static (b, w) => w.String(b.Manager.LogTarget), LogControlInterface.SetTarget),
        UInt32("NNames", static b => (uint)b.Manager.Engine.Units.NameCount),
        UInt32("NFailedUnits", static b => (uint)b.Manager.Engine.Units.FailedCount, MemberFlags.EmitsChange),
        UInt32("NJobs", static b => (uint)b.Manager.Engine.Jobs.Jobs.Count),
        UInt32("NInstalledJobs", static b => b.Manager.Engine.Jobs.InstalledCount),
        UInt32("NFailedJobs", static b => b.Manager.Engine.Jobs.FailedCount),
        Property("Progress", "d", static (b, w) => w.Double(Progress(b.Manager))),
        Strings("Environment", static b => b.Manager.Environment),
        Boolean("ConfirmSpawn", static _ => false, Const),
        Boolean("ShowStatus", static b => b.Manager.ShowStatus),
        Strings("UnitPath", static b => b.Manager.Engine.Loader.SearchPath.All, Const),
        String("DefaultStandardOutput", static b => ExecWords.ExecOutput.Name(b.Defaults.StandardOutput), Const),
        String("DefaultStandardError", static b => ExecWords.ExecOutput.Name(b.Defaults.StandardError), Const),
        String("WatchdogDevice", static b => b.Defaults.WatchdogDevice ?? "", Const),
        UInt64("WatchdogLastPingTimestamp", static b => LastPing(b).Realtime),
        UInt64("WatchdogLastPingTimestampMonotonic", static b => LastPing(b).Monotonic),
        Writable("RuntimeWatchdogUSec", "t", static (b, w) => w.UInt64(b.Defaults.RuntimeWatchdog), static (b, r) => Set(ref b.Defaults.RuntimeWatchdog, r)),
        Writable("RuntimeWatchdogPreUSec", "t", static (b, w) => w.UInt64(b.Defaults.RuntimeWatchdogPre), static (b, r) => Set(ref b.Defaults.RuntimeWatchdogPre, r)),
        Writable("RuntimeWatchdogPreGovernor", "s", static (b, w) => w.String(b.Defaults.RuntimeWatchdogPreGovernor ?? ""), SetGovernor),
        Writable("RebootWatchdogUSec", "t", static (b, w) => w.UInt64(b.Defaults.RebootWatchdog), static (b, r) => Set(ref b.Defaults.RebootWatchdog, r)),
        Writable("KExecWatchdogUSec", "t", static (b, w) => w.UInt64(b.Defaults.KExecWatchdog), static (b, r) => Set(ref b.Defaults.KExecWatchdog, r)),
        Writable("ServiceWatchdogs", "b", static (b, w) => w.Boolean(b.Manager.Engine.ServiceWatchdogs), SetServiceWatchdogs),
        String("ControlGroup", static b => b.Manager.Engine.Processes.Root),
        String("SystemState", static b => b.Manager.SystemState),
        Property("ExitCode", "y", static (b, w) => w.Byte(b.Manager.ExitCode)),
        UInt64("DefaultTimerAccuracyUSec", static b => b.Defaults.TimerAccuracy, Const),
        UInt64("DefaultTimeoutStartUSec", static b => b.Defaults.TimeoutStart, Const),
        UInt64("DefaultTimeoutStopUSec", static b => b.Defaults.TimeoutStop, Const),
        UInt64("DefaultTimeoutAbortUSec", static b => b.Defaults.TimeoutAbort ?? b.Defaults.TimeoutStop),
        UInt64("DefaultDeviceTimeoutUSec", static b => b.Defaults.DeviceTimeout, Const),
        UInt64("DefaultRestartUSec", static b => b.Defaults.Restart, Const),
        UInt64("DefaultStartLimitIntervalUSec", static b => b.Defaults.StartLimitInterval, Const),
        UInt32("DefaultStartLimitBurst", static b => b.Defaults.StartLimitBurst, Const),
        Boolean("DefaultCPUAccounting", static b => b.Defaults.CpuAccounting ?? b.Defaults.Host.CountsCpuTime, Const),
        Boolean("DefaultBlockIOAccounting", static b => b.Defaults.BlockIoAccounting, Const),
        Boolean("DefaultMemoryAccounting", static b => b.Defaults.MemoryAccounting, Const),
        Boolean("DefaultTasksAccounting", static b => b.Defaults.TasksAccounting, Const),
        .. Limits(),
        UInt64("DefaultTasksMax", static b => b.Defaults.TasksMax.Resolve(b.Defaults.Host.MaxTasks)),
        UInt64("TimerSlackNSec", static b => b.Defaults.Host.TimerSlackNsec, Const),
        String("DefaultOOMPolicy", static b => SharedWords.OomPolicy.Name(b.Defaults.OomPolicy), Const),
        Int32("DefaultOOMScoreAdjust", static b => b.Defaults.OomScoreAdjust ?? b.Defaults.Host.OomScoreAdjust, Const),
        String("CtrlAltDelBurstAction", static b => SharedWords.EmergencyAction.Name(b.Defaults.CtrlAltDelBurstAction), Const),
    ];

    /// <summary>How much of what was to be done since the last time nothing was has been done.</summary>
    private static double Progress(IManagerFacade manager)
    {
        var jobs = manager.Engine.Jobs;
        return jobs.InstalledCount == 0 ? 1.0 : 1.0 - ((double)jobs.Jobs.Count / jobs.InstalledCount);
    }

    /// <summary>A hardware watchdog that was never pinged was so at no time at all, rather than at the epoch.</summary>
    private static DualTimestamp LastPing(ManagerBus bus) =>
        bus.Manager.TimeOf(ManagerTimestamp.WatchdogLastPing) is { Realtime: > 0 } ping ? ping : new(ulong.MaxValue, ulong.MaxValue);

    private static IEnumerable<BusProperty> Timestamps(ManagerTimestamp first, ManagerTimestamp last, MemberFlags flags)
    {
        for (var moment = first; moment <= last; moment++)
        {
            var which = moment;
            yield return UInt64(which + "Timestamp", bus => bus.Manager.TimeOf(which).Realtime, flags);
            yield return UInt64(which + "TimestampMonotonic", bus => bus.Manager.TimeOf(which).Monotonic, flags);
        }
    }

    private static IEnumerable<BusProperty> Limits()
    {
        for (var i = 0; i < s_limits.Length; i++)
        {
            var (name, kind) = s_limits[i];
            var index = (int)kind;
            yield return UInt64("DefaultLimit" + name, bus => bus.Limit(index).Hard, Const);
            yield return UInt64("DefaultLimit" + name + "Soft", bus => bus.Limit(index).Soft, Const);
        }
    }

    private static BusError? Set(ref ulong field, MessageReader reader)
    {
        field = reader.UInt64();
        return null;
    }

    private static BusError? SetGovernor(ManagerBus bus, MessageReader reader)
    {
        var governor = reader.String();
        if (governor.Any(static c => char.IsControl(c) || c is '"' or '\'' or '\\'))
        {
            return new BusError(BusErrorNames.InvalidArgs, "Invalid argument");
        }

        bus.Defaults.RuntimeWatchdogPreGovernor = governor;
        return null;
    }

    private static BusError? SetServiceWatchdogs(ManagerBus bus, MessageReader reader)
    {
        bus.Manager.Engine.ServiceWatchdogs = reader.Boolean();
        return null;
    }
}
