using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>Services.</summary>
internal static partial class TypeInterfaces
{
    private static readonly ConfigRows<ServiceConfig> s_service = new(ServiceDirectives.Table, static unit => ((Service)unit).Settings);

    public static readonly BusInterface Service = new(Prefix + "Service",
    [
        .. s_service.Of("Type", "ExitType", "Restart", "PIDFile", "NotifyAccess", "RestartUSec", "TimeoutStartUSec", "TimeoutStopUSec",
            "TimeoutAbortUSec", "TimeoutStartFailureMode", "TimeoutStopFailureMode", "RuntimeMaxUSec", "RuntimeRandomizedExtraUSec"),
        UInt64("WatchdogUSec", static v => Of(v).Watchdog.IntervalUsec),
        UInt64("WatchdogTimestamp", static v => Of(v).Watchdog.Timestamp.Realtime),
        UInt64("WatchdogTimestampMonotonic", static v => Of(v).Watchdog.Timestamp.Monotonic),
        .. s_service.Of("RootDirectoryStartOnly", "RemainAfterExit", "GuessMainPID", "RestartPreventExitStatus",
            "RestartForceExitStatus", "SuccessExitStatus"),
        UInt32("MainPID", static v => (uint)v.Unit.MainPid, Emits),
        ControlPid(),
        .. s_service.Of("BusName", "FileDescriptorStoreMax"),
        UInt32("NFileDescriptorStore", static v => (uint)Of(v).Store.Count),
        String("StatusText", static v => Of(v).StatusText, Emits),
        Int32("StatusErrno", static v => Of(v).StatusErrno, Emits),
        Result(),
        String("ReloadResult", static v => Of(v).ReloadResult.Name(), Emits),
        String("CleanResult", static v => Of(v).CleanResult.Name(), Emits),
        .. s_service.Of("USBFunctionDescriptors", "USBFunctionStrings"),
        .. Owner(),
        UInt32("NRestarts", static v => Of(v).RestartCount, Emits),
        .. s_service.Of("OOMPolicy"),
        UInt64("ExecMainStartTimestamp", static v => Of(v).MainStatus.StartRealtime, Emits),
        UInt64("ExecMainStartTimestampMonotonic", static v => Of(v).MainStatus.StartMonotonic, Emits),
        UInt64("ExecMainExitTimestamp", static v => Of(v).MainStatus.ExitRealtime, Emits),
        UInt64("ExecMainExitTimestampMonotonic", static v => Of(v).MainStatus.ExitMonotonic, Emits),
        UInt32("ExecMainPID", static v => (uint)Of(v).MainStatus.Pid, Emits),
        Int32("ExecMainCode", static v => Of(v).MainStatus.Code, Emits),
        Int32("ExecMainStatus", static v => Of(v).MainStatus.Status, Emits),
        .. s_service.Of("ExecCondition", "ExecConditionEx", "ExecStartPre", "ExecStartPreEx", "ExecStart", "ExecStartEx",
            "ExecStartPost", "ExecStartPostEx", "ExecReload", "ExecReloadEx", "ExecStop", "ExecStopEx", "ExecStopPost", "ExecStopPostEx"),
        Method("BindMount", "ssbb", ["source", "destination", "read_only", "mkdir"], "", [],
            static (view, call) => UnitActions.RefuseLiveMount(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        Method("MountImage", "ssbba(ss)", ["source", "destination", "read_only", "mkdir", "options"], "", [],
            static (view, call) => UnitActions.RefuseLiveMount(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        .. Processes(s_service),
    ]);

    private static Service Of(UnitView view) => (Service)view.Unit;
}
