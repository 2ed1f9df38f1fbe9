using Trasgo.Bus.Objects;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>The interfaces of the unit types, and which of them a unit has.</summary>
internal static partial class TypeInterfaces
{
    private const string Prefix = "org.freedesktop.systemd1.";
    private const MemberFlags Const = MemberFlags.Const;
    private const MemberFlags Emits = MemberFlags.EmitsChange;

    public static readonly BusInterface Unit = new(Prefix + "Unit", [.. UnitProperties.Rows, .. UnitMethods.Rows]);

    private static readonly BusInterface s_target = new(Prefix + "Target", []);

    private static readonly BusInterface s_device = new(Prefix + "Device", [String("SysFSPath", static _ => "", Emits)]);

    private static readonly BusInterface s_snapshot = new(Prefix + "Snapshot", []);

    /// <summary>The interface that only units of this type have.</summary>
    public static BusInterface Of(UnitType type) => type switch
    {
        UnitType.Service => Service,
        UnitType.Socket => Socket,
        UnitType.Mount => Mount,
        UnitType.Swap => Swap,
        UnitType.Slice => Slice,
        UnitType.Scope => Scope,
        UnitType.Timer => Timer,
        UnitType.Path => Path,
        UnitType.Automount => Automount,
        UnitType.Target => s_target,
        UnitType.Device => s_device,
        _ => s_snapshot,
    };

    private static BusProperty Result() => String("Result", static v => v.Unit.ResultName ?? "success", Emits);

    private static BusProperty ControlPid() => UInt32("ControlPID", static v => (uint)v.Unit.ControlPid, Emits);

    /// <summary>Units whose processes have run as another user show which; all of ours still run as they were told.</summary>
    private static BusProperty[] Owner() => [UInt32("UID", static _ => uint.MaxValue, Emits), UInt32("GID", static _ => uint.MaxValue, Emits)];

    private static BusMember[] Processes<TConfig>(ConfigRows<TConfig> config) =>
    [
        .. CgroupProperties.Rows,
        .. config.All(ResourceDirectives.All),
        .. config.All(ExecDirectives.All),
        .. config.All(KillDirectives.All),
    ];
}
