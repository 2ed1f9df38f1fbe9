using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>Units that start others: sockets, timers, paths, automounts.</summary>
internal static partial class TypeInterfaces
{
    private static readonly ConfigRows<SocketConfig> s_socket = new(SocketDirectives.Table, static unit => ((Socket)unit).Settings);

    private static readonly ConfigRows<TimerConfig> s_timer = new(TimerDirectives.Table, static unit => ((TimerUnit)unit).Settings);

    private static readonly ConfigRows<PathConfig> s_path = new(PathDirectives.Table, static unit => ((PathUnit)unit).Settings);

    private static readonly ConfigRows<AutomountConfig> s_automount =
        new(AutomountDirectives.Table, static unit => ((Automount)unit).Settings);

    public static readonly BusInterface Socket = new(Prefix + "Socket",
    [
        .. s_socket.Of("BindIPv6Only", "Backlog", "TimeoutUSec", "BindToDevice", "SocketUser", "SocketGroup", "SocketMode",
            "DirectoryMode", "Accept", "FlushPending", "Writable", "KeepAlive", "KeepAliveTimeUSec", "KeepAliveIntervalUSec",
            "KeepAliveProbes", "DeferAcceptUSec", "NoDelay", "Priority", "ReceiveBuffer", "SendBuffer", "IPTOS", "IPTTL", "PipeSize",
            "FreeBind", "Transparent", "Broadcast", "PassCredentials", "PassSecurity", "PassPacketInfo", "Timestamping",
            "RemoveOnStop", "Listen", "Symlinks", "Mark", "MaxConnections", "MaxConnectionsPerSource", "MessageQueueMaxMessages",
            "MessageQueueMessageSize", "TCPCongestion", "ReusePort", "SmackLabel", "SmackLabelIPIn", "SmackLabelIPOut"),
        ControlPid(),
        Result(),
        UInt32("NConnections", static view => ((Socket)view.Unit).ConnectionCount),
        UInt32("NAccepted", static view => ((Socket)view.Unit).AcceptedCount),
        UInt32("NRefused", static view => ((Socket)view.Unit).RefusedCount),
        .. s_socket.Of("FileDescriptorName", "SocketProtocol", "TriggerLimitIntervalUSec", "TriggerLimitBurst"),
        .. Owner(),
        .. s_socket.Of("ExecStartPre", "ExecStartPost", "ExecStopPre", "ExecStopPost"),
        .. Processes(s_socket),
    ]);

    public static readonly BusInterface Timer = new(Prefix + "Timer",
    [
        String("Unit", Triggered, Const),
        .. s_timer.Of("TimersMonotonic", "TimersCalendar", "OnClockChange", "OnTimezoneChange"),
        UInt64("NextElapseUSecRealtime", static view => ((TimerUnit)view.Unit).NextElapseRealtime, Emits),
        UInt64("NextElapseUSecMonotonic", static view => ((TimerUnit)view.Unit).NextElapseMonotonic, Emits),
        UInt64("LastTriggerUSec", static view => ((TimerUnit)view.Unit).LastTrigger.Realtime, Emits),
        UInt64("LastTriggerUSecMonotonic", static view => ((TimerUnit)view.Unit).LastTrigger.Monotonic, Emits),
        Result(),
        .. s_timer.Of("AccuracyUSec", "RandomizedDelayUSec", "FixedRandomDelay", "Persistent", "WakeSystem", "RemainAfterElapse"),
    ]);

    public static readonly BusInterface Path = new(Prefix + "Path",
    [
        String("Unit", Triggered, Const),
        .. s_path.Of("Paths", "MakeDirectory", "DirectoryMode"),
        Result(),
        .. s_path.Of("TriggerLimitIntervalUSec", "TriggerLimitBurst"),
    ]);

    public static readonly BusInterface Automount = new(Prefix + "Automount",
    [
        .. s_automount.Of("Where", "ExtraOptions", "DirectoryMode"),
        Result(),
        .. s_automount.Of("TimeoutIdleUSec"),
    ]);

    private static string Triggered(UnitView view) =>
        view.Unit.DependenciesOf(UnitDependency.Triggers) is [var edge, ..] ? edge.Other.Id : "";
}
