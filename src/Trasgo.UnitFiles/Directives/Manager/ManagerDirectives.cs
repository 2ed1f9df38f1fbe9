using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Manager] section of systemd-system.conf(5) and systemd-user.conf(5), in the order of the manager's properties. What
/// the manager may change while it runs (its log level, its watchdogs) is for the manager to show under the same names.
/// </summary>
internal static partial class ManagerDirectives
{
    public const string Section = "Manager";

    private static readonly Enforcement s_noWatchdog = Enforcement.Ignored("hardware watchdogs are left alone");

    private static readonly Enforcement s_noCrash = Enforcement.Ignored("a crash of the manager is for its guard");

    private static readonly Enforcement s_notYet = Enforcement.Ignored("the manager leaves its own attributes as it finds them");

    private static readonly Rows<ManagerDefaults> s_rows = new(Section) { Flags = BusFlags.Const };

    private static DirectiveTable<ManagerDefaults>? s_table;

    public static DirectiveTable<ManagerDefaults> Table => s_table ??= new(
    [
        .. LogRows(),
        .. StatusRows(),
        .. WatchdogRows(),
        .. TimeRows(),
        .. AccountingRows(),
        .. LimitRows(),
        .. OtherRows(),
        .. ProcessRows(),
    ]);

    /// <summary>
    /// Reads the assignments of system.conf and its drop-ins in their order. A timeout of 0 means none here too, by tradition.
    /// </summary>
    public static void Read(ManagerDefaults defaults, IEnumerable<Assignment> assignments, IDiagnostics diagnostics)
    {
        var context = new ParseContext(unit: null, specifiers: null, diagnostics, defaults);
        foreach (var assignment in assignments)
        {
            if (!Table.Apply(defaults, assignment, context) && !IsForeign(assignment))
            {
                context.At(assignment).Warn($"Unknown setting {assignment.Key}= in section [{assignment.Section}], ignoring.");
            }
        }

        defaults.TimeoutStart = defaults.TimeoutStart == 0 ? TimeSpans.Infinity : defaults.TimeoutStart;
        defaults.TimeoutStop = defaults.TimeoutStop == 0 ? TimeSpans.Infinity : defaults.TimeoutStop;
    }

    private static bool IsForeign(in Assignment assignment) =>
        assignment.Section.StartsWith("X-", StringComparison.Ordinal) || assignment.Key.StartsWith("X-", StringComparison.Ordinal);

    private static Directive<ManagerDefaults>[] LogRows() =>
    [
        s_rows.Of("LogLevel", s_logLevel, static c => ref c.LogLevel, flags: BusFlags.None),
        s_rows.Of("LogTarget", Value.Word(s_logTargets), static c => ref c.LogTarget, flags: BusFlags.None, good: "console"),
        s_rows.Of("LogColor", Value.Boolean, static c => ref c.LogColor, "", good: "no"),
        s_rows.Of("LogLocation", Value.Boolean, static c => ref c.LogLocation, ""),
        s_rows.Of("LogTime", Value.Boolean, static c => ref c.LogTime, ""),
    ];

    private static Directive<ManagerDefaults>[] StatusRows() =>
    [
        s_rows.Of("ShowStatus", s_showStatus, static c => ref c.ShowStatus, flags: BusFlags.None,
            show: static (c, writer) => writer.Boolean(c.ShowStatus is ShowStatus.Yes or ShowStatus.Temporary)),
        s_rows.Of("StatusUnitFormat", Value.Enum(ManagerWords.StatusUnitFormat), static c => ref c.StatusUnitFormat, "", good: "name"),
        Output("DefaultStandardOutput", static c => ref c.StandardOutput, "kmsg"),
        Output("DefaultStandardError", static c => ref c.StandardError, "journal"),
    ];

    private static Directive<ManagerDefaults>[] WatchdogRows()
    {
        var reboot = Watchdog("RebootWatchdogSec", "RebootWatchdogUSec", static c => ref c.RebootWatchdog);
        return
        [
            s_rows.Of("WatchdogDevice", Value.Path, static c => ref c.WatchdogDevice, enforcement: s_noWatchdog),
            Watchdog("RuntimeWatchdogSec", "RuntimeWatchdogUSec", static c => ref c.RuntimeWatchdog),
            Watchdog("RuntimeWatchdogPreSec", "RuntimeWatchdogPreUSec", static c => ref c.RuntimeWatchdogPre),
            s_rows.Of("RuntimeWatchdogPreGovernor", Value.SafeString, static c => ref c.RuntimeWatchdogPreGovernor, enforcement: s_noWatchdog, flags: BusFlags.None),
            reboot,
            s_rows.Alias("ShutdownWatchdogSec", reboot),
            Watchdog("KExecWatchdogSec", "KExecWatchdogUSec", static c => ref c.KExecWatchdog),
        ];
    }

    private static FieldDirective<ManagerDefaults, ulong> Watchdog(string name, string bus, Field<ManagerDefaults, ulong> field) =>
        s_rows.Of(name, Value.WatchdogDuration, field, bus, s_noWatchdog, BusFlags.None);

    private static Directive<ManagerDefaults>[] TimeRows()
    {
        var interval = s_rows.Of("DefaultStartLimitIntervalSec", Value.Duration, static c => ref c.StartLimitInterval, "DefaultStartLimitIntervalUSec");
        return
        [
            s_rows.Of("DefaultTimerAccuracySec", Value.Duration, static c => ref c.TimerAccuracy, "DefaultTimerAccuracyUSec"),
            s_rows.Of("DefaultTimeoutStartSec", Value.Duration, static c => ref c.TimeoutStart, "DefaultTimeoutStartUSec"),
            s_rows.Of("DefaultTimeoutStopSec", Value.Duration, static c => ref c.TimeoutStop, "DefaultTimeoutStopUSec"),
            s_rows.Of("DefaultTimeoutAbortSec", Value.OptionalDuration, static c => ref c.TimeoutAbort, "DefaultTimeoutAbortUSec", flags: BusFlags.None,
                show: static (c, writer) => writer.UInt64(c.TimeoutAbort ?? c.TimeoutStop)),
            s_rows.Of("DefaultDeviceTimeoutSec", Value.Duration, static c => ref c.DeviceTimeout, "DefaultDeviceTimeoutUSec"),
            s_rows.Of("DefaultRestartSec", Value.Duration, static c => ref c.Restart, "DefaultRestartUSec"),
            interval,
            s_rows.Alias("DefaultStartLimitInterval", interval),
            s_rows.Of("DefaultStartLimitBurst", Value.Unsigned, static c => ref c.StartLimitBurst),
        ];
    }

    private static Directive<ManagerDefaults>[] AccountingRows() =>
    [
        s_rows.Of("DefaultCPUAccounting", Value.OptionalBoolean, static c => ref c.CpuAccounting, enforcement: Enforcement.Cpu,
            show: static (c, writer) => writer.Boolean(c.CpuAccounting ?? c.Host.CountsCpuTime)),
        s_rows.Of("DefaultBlockIOAccounting", Value.Boolean, static c => ref c.BlockIoAccounting, enforcement: Enforcement.LegacyCgroups),
        s_rows.Of("DefaultMemoryAccounting", Value.Boolean, static c => ref c.MemoryAccounting, enforcement: Enforcement.UnifiedMemory, good: "no"),
        s_rows.Of("DefaultTasksAccounting", Value.Boolean, static c => ref c.TasksAccounting, enforcement: Enforcement.Pids, good: "no"),
        s_rows.Of("DefaultIOAccounting", Value.Boolean, static c => ref c.IoAccounting, "", Enforcement.Io),
        s_rows.Of("DefaultIPAccounting", Value.Boolean, static c => ref c.IpAccounting, "", Enforcement.Bpf),
    ];

    private static List<Directive<ManagerDefaults>> LimitRows()
    {
        var rows = new List<Directive<ManagerDefaults>>();
        foreach (var (kind, name) in ExecDirectives.LimitNames)
        {
            var index = (int)kind;
            rows.Add(s_rows.Of("DefaultLimit" + name, Value.Limit(kind), c => ref c.Limits[index],
                show: (c, writer) => writer.UInt64((c.Limits[index] ?? c.Host.Limits[index])?.Hard ?? ResourceLimit.Infinity)));
            rows.Add(s_rows.View($"DefaultLimit{name}Soft", "t",
                (c, writer) => writer.UInt64((c.Limits[index] ?? c.Host.Limits[index])?.Soft ?? ResourceLimit.Infinity)));
        }

        return rows;
    }

    private static Directive<ManagerDefaults>[] OtherRows() =>
    [
        new CustomDirective<ManagerDefaults>(Section, "DefaultTasksMax", "t", "NUMBER|PERCENT|infinity")
        {
            BusFlags = BusFlags.None,
            Enforcement = Enforcement.Pids,
            Parser = static (c, text, context) => TasksMaxText.Parse(ref c.TasksMax, text, context),
            Writer = static (c, writer) => writer.UInt64(c.TasksMax.Resolve(c.Host.MaxTasks)),
            Formatter = static (c, texts) => texts.Add(TasksMaxText.Format(c.TasksMax)),
            GoodSample = "20%",
            BadSample = "0",
        },
        s_rows.Of("TimerSlackNSec", Value.Nanoseconds, static c => ref c.TimerSlackNsec, enforcement: s_notYet,
            show: static (c, writer) => writer.UInt64(c.TimerSlackNsec == TimeSpans.Infinity ? c.Host.TimerSlackNsec : c.TimerSlackNsec)),
        s_rows.Of("DefaultOOMPolicy", Value.Enum(SharedWords.OomPolicy), static c => ref c.OomPolicy, good: "continue"),
        s_rows.Of("DefaultOOMScoreAdjust", Value.OomScoreAdjust, static c => ref c.OomScoreAdjust,
            show: static (c, writer) => writer.Int32(c.OomScoreAdjust ?? c.Host.OomScoreAdjust)),
        s_rows.Of("CtrlAltDelBurstAction", Value.EmergencyAction, static c => ref c.CtrlAltDelBurstAction),
    ];

    private static Directive<ManagerDefaults>[] ProcessRows()
    {
        var vt = s_rows.Of("CrashChangeVT", s_crashVt, static c => ref c.CrashChangeVT, "", s_noCrash);
        return
        [
            s_rows.Of("DumpCore", Value.Boolean, static c => ref c.DumpCore, "", s_noCrash, good: "no"),
            vt,
            s_rows.Alias("CrashChVT", vt),
            s_rows.Of("CrashShell", Value.Boolean, static c => ref c.CrashShell, "", s_noCrash),
            s_rows.Of("CrashReboot", Value.Boolean, static c => ref c.CrashReboot, "", s_noCrash),
            s_rows.Of("CPUAffinity", new CpuSetKind(expands: false), static c => ref c.CpuAffinity, "", s_notYet),
            s_rows.Of("NUMAPolicy", Value.NumaPolicy, static c => ref c.NumaPolicy, "", s_notYet),
            new CustomDirective<ManagerDefaults>(Section, "NUMAMask", "", "NODES|all")
            {
                BusName = "",
                Parser = static (c, text, context) => NumaMasks.Parse(ref c.NumaMask, text, context),
                Formatter = static (c, texts) => texts.AddRange(["", c.NumaMask.ToString()]),
                Enforcement = s_notYet,
                GoodSample = "0-1",
                BadSample = "two",
            },
            s_rows.Obsolete("JoinControllers"),
            s_rows.Of("CapabilityBoundingSet", Value.CapabilitySet(startsFull: true), static c => ref c.CapabilityBoundingSet, "", s_notYet),
            s_rows.Of("NoNewPrivileges", Value.Boolean, static c => ref c.NoNewPrivileges, "", s_notYet),
            new CustomDirective<ManagerDefaults>(Section, "SystemCallArchitectures", "", "ARCHITECTURE ...")
            {
                BusName = "",
                Parser = static (c, text, context) => Architectures.Parse(c.SystemCallArchitectures, text, context),
                Formatter = static (c, texts) => texts.AddRange(["", string.Join(' ', c.SystemCallArchitectures)]),
                Enforcement = Enforcement.SystemCallFilters,
                GoodSample = "native x86",
                BadSample = "z80",
            },
            s_rows.Of("DefaultEnvironment", Value.Environment, static c => ref c.Environment, ""),
            s_rows.Of("ManagerEnvironment", Value.Environment, static c => ref c.ManagerEnvironment, ""),
            s_rows.Of("DefaultSmackProcessLabel", Value.PlainString, static c => ref c.SmackProcessLabel, "", Enforcement.SecurityModules),
        ];
    }
}
