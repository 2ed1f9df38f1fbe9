using Trasgo.Bus.Objects;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>Units that are a resource of the machine: mounts, swaps, slices, scopes.</summary>
internal static partial class TypeInterfaces
{
    private static readonly ConfigRows<MountConfig> s_mount = new(MountDirectives.Table, static unit => ((Mount)unit).Settings);

    private static readonly ConfigRows<SwapConfig> s_swap = new(SwapDirectives.Table, static unit => ((Swap)unit).Settings);

    private static readonly ConfigRows<SliceConfig> s_slice = new(SliceDirectives.Table, static unit => ((Slice)unit).Settings);

    private static readonly ConfigRows<ScopeConfig> s_scope = new(ScopeDirectives.Table, static unit => ((Scope)unit).Settings);

    public static readonly BusInterface Mount = new(Prefix + "Mount",
    [
        String("Where", static v => v.Unit.LoadState == UnitLoadState.Loaded ? MountOf(v).Where : "", Const),
        String("What", static v => MountOf(v) is var m ? m.Mounted?.What ?? m.Settings.What ?? "" : "", Emits),
        String("Options", static v => MountOf(v) is var m ? m.Mounted?.Options ?? m.Settings.Options ?? "" : "", Emits),
        String("Type", static v => MountOf(v) is var m ? m.Mounted?.FileSystem ?? m.Settings.Type ?? "" : "", Emits),
        .. s_mount.Of("TimeoutUSec"),
        ControlPid(),
        .. s_mount.Of("DirectoryMode", "SloppyOptions", "LazyUnmount", "ForceUnmount", "ReadWriteOnly"),
        Result(),
        .. Owner(),
        .. Commands("ExecMount", "ExecUnmount", "ExecRemount"),
        .. Processes(s_mount),
    ]);

    public static readonly BusInterface Swap = new(Prefix + "Swap",
    [
        String("What", static v => ((Swap)v.Unit).Settings.What ?? "", Emits),
        Int32("Priority", static v => ((Swap)v.Unit).Settings.Priority ?? -1, Emits),
        String("Options", static v => ((Swap)v.Unit).Settings.Options ?? "", Emits),
        .. s_swap.Of("TimeoutUSec"),
        ControlPid(),
        Result(),
        .. Owner(),
        .. Commands("ExecActivate", "ExecDeactivate"),
        .. Processes(s_swap),
    ]);

    public static readonly BusInterface Slice = new(Prefix + "Slice", [.. CgroupProperties.Rows, .. s_slice.All(ResourceDirectives.All)]);

    public static readonly BusInterface Scope = new(Prefix + "Scope",
    [
        String("Controller", static v => ((Scope)v.Unit).Controller, Emits),
        .. s_scope.Of("TimeoutStopUSec"),
        Result(),
        .. s_scope.Of("RuntimeMaxUSec", "RuntimeRandomizedExtraUSec", "OOMPolicy"),
        Signal("RequestStop", ""),
        Method("Abandon", "", [], "", [], static (view, call) => ScopeProcesses.Abandon(view.Bus, view.Unit, call), MemberFlags.Unprivileged),
        .. CgroupProperties.Rows,
        .. s_scope.All(ResourceDirectives.All),
        .. s_scope.All(KillDirectives.All),
    ]);

    /// <summary>The commands that mount units run by themselves, once they do.</summary>
    private static IEnumerable<BusProperty> Commands(params string[] names)
    {
        foreach (var name in names)
        {
            yield return Property(
                name,
                "a(sasbttttuii)",
                static (_, writer) =>
                {
                    writer.BeginArray("(sasbttttuii)");
                    writer.EndArray();
                },
                MemberFlags.EmitsInvalidation);
        }
    }

    private static Mount MountOf(UnitView view) => (Mount)view.Unit;
}
