using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Directives;
using static Trasgo.Bus.Objects.BusTable<Trasgo.Manager.Bus.UnitView>;

namespace Trasgo.Manager.Bus;

/// <summary>The properties that every unit has, in systemd's order.</summary>
internal static class UnitProperties
{
    private const MemberFlags Const = MemberFlags.Const;
    private const MemberFlags Emits = MemberFlags.EmitsChange;

    /// <summary>In the order of <see cref="FreezerState"/>.</summary>
    private static readonly string[] s_freezerStates = ["running", "freezing", "frozen", "thawing"];

    private static readonly ConfigRows<UnitConfig> s_config = new(UnitDirectives.Table, static unit => unit.Config);

    public static readonly BusMember[] Rows =
    [
        String("Id", static v => v.Unit.Id, Const),
        Strings("Names", static v => v.Unit.Names, Const),
        String("Following", static _ => ""),
        .. Dependencies("Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "RequiredBy", "RequisiteOf", "WantedBy",
            "BoundBy", "UpheldBy", "ConsistsOf", "Conflicts", "ConflictedBy", "Before", "After", "OnSuccess", "OnSuccessOf", "OnFailure",
            "OnFailureOf", "Triggers", "TriggeredBy", "PropagatesReloadTo", "ReloadPropagatedFrom", "PropagatesStopTo",
            "StopPropagatedFrom", "JoinsNamespaceOf", "SliceOf"),
        Strings("RequiresMountsFor", static v => v.Unit.Context.Loader.Mounts.PathsOf(v.Unit), Const),
        Strings("Documentation", static v => v.Unit.Config.Documentation, Const),
        String("Description", static v => v.Unit.Description, Const),
        String("AccessSELinuxContext", static _ => "", Const),
        String("LoadState", static v => v.Unit.LoadState.Name(), Const),
        String("ActiveState", static v => v.Unit.ActiveState.Name(), Emits),
        String("FreezerState", static v => s_freezerStates[(int)v.Manager.FreezerStateOf(v.Unit)], Emits),
        String("SubState", static v => v.Unit.SubState, Emits),
        String("FragmentPath", static v => v.Unit.Origin.FragmentPath, Const),
        String("SourcePath", static v => v.Unit.Origin.SourcePath, Const),
        Strings("DropInPaths", static v => v.Unit.Origin.DropInPaths, Const),
        String("UnitFileState", static v => v.Bus.Files.StateOf(v.Unit)),
        String("UnitFilePreset", static v => v.Bus.Files.PresetOf(v.Unit)),
        .. Timestamp("StateChange", static u => u.StateChangeTimestamp),
        .. Timestamp("InactiveExit", static u => u.InactiveExitTimestamp),
        .. Timestamp("ActiveEnter", static u => u.ActiveEnterTimestamp),
        .. Timestamp("ActiveExit", static u => u.ActiveExitTimestamp),
        .. Timestamp("InactiveEnter", static u => u.InactiveEnterTimestamp),
        Boolean("CanStart", static v => v.Unit.CanStart && !v.Unit.RefuseManualStart, Const),
        Boolean("CanStop", static v => v.Unit.CanStop && !v.Unit.RefuseManualStop, Const),
        Boolean("CanReload", static v => v.Unit.CanReload, Const),
        Boolean("CanIsolate", static v => v.Unit.CanIsolate && !v.Unit.RefuseManualStart, Const),
        Strings("CanClean", static v => UnitCleaning.Possible(v.Unit), Const),
        Boolean("CanFreeze", static v => Freezer.CanFreeze(v.Unit), Const),
        Property("Job", "(uo)", WriteJob, Emits),
        .. s_config.Of("StopWhenUnneeded", "RefuseManualStart", "RefuseManualStop", "AllowIsolate", "DefaultDependencies",
            "OnSuccessJobMode", "OnFailureJobMode", "IgnoreOnIsolate"),
        Boolean("NeedDaemonReload", static v => v.Unit.Origin.HasChanged?.Invoke() ?? false),
        Strings("Markers", static v => v.Bus.Markers.Of(v.Unit)),
        .. s_config.Of("JobTimeoutUSec", "JobRunningTimeoutUSec", "JobTimeoutAction", "JobTimeoutRebootArgument"),
        Boolean("ConditionResult", static v => v.Unit.ConditionResult, Emits),
        Boolean("AssertResult", static v => v.Unit.AssertResult, Emits),
        .. Timestamp("Condition", static u => u.ConditionTimestamp),
        .. Timestamp("Assert", static u => u.AssertTimestamp),
        .. s_config.Of("Conditions", "Asserts"),
        Property("LoadError", "(ss)", WriteLoadError, Const),
        Boolean("Transient", static v => v.Unit.IsTransient, Const),
        Boolean("Perpetual", static v => v.Unit.IsPerpetual, Const),
        .. s_config.Of("StartLimitIntervalUSec", "StartLimitBurst", "StartLimitAction", "FailureAction", "FailureActionExitStatus",
            "SuccessAction", "SuccessActionExitStatus", "RebootArgument"),
        Property("InvocationID", "ay", static (v, w) => w.ByteArray(Convert.FromHexString(v.Unit.InvocationId)), Emits),
        .. s_config.Of("CollectMode"),
        Strings("Refs", static v => v.Bus.References.Of(v.Unit)),
        Property("ActivationDetails", "a(ss)", static (v, w) => WritePairs(w, v.Unit.ActivationDetails), Emits),
    ];

    public static IEnumerable<BusProperty> Timestamp(string name, Func<Unit, DualTimestamp> get) =>
    [
        UInt64(name + "Timestamp", v => get(v.Unit).Realtime, Emits),
        UInt64(name + "TimestampMonotonic", v => get(v.Unit).Monotonic, Emits),
    ];

    public static void WritePairs(MessageWriter writer, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        writer.BeginArray("(ss)");
        foreach (var (key, value) in pairs)
        {
            writer.BeginStruct();
            writer.String(key);
            writer.String(value);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static IEnumerable<BusProperty> Dependencies(params string[] names)
    {
        foreach (var name in names)
        {
            var kind = Enum.Parse<UnitDependency>(name);
            yield return Property(name, "as", (view, writer) => WriteDependencies(view.Unit, kind, writer), Const);
        }
    }

    private static void WriteDependencies(Unit unit, UnitDependency kind, MessageWriter writer)
    {
        writer.BeginArray("s");
        foreach (var edge in unit.DependenciesOf(kind))
        {
            writer.String(edge.Other.Id);
        }

        writer.EndArray();
    }

    private static void WriteJob(UnitView view, MessageWriter writer)
    {
        writer.BeginStruct();
        writer.UInt32(view.Unit.Job?.Id ?? 0);
        writer.ObjectPath(view.Unit.Job is { } job ? BusPaths.OfJob(job.Id) : "/");
        writer.EndStruct();
    }

    private static void WriteLoadError(UnitView view, MessageWriter writer)
    {
        var refusal = JobRefusal.OfLoadState(view.Unit);
        writer.BeginStruct();
        writer.String(refusal?.ErrorName ?? "");
        writer.String(refusal?.Message ?? "");
        writer.EndStruct();
    }
}
