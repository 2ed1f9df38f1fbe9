using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>One row of a table, whatever its configuration is, so that a test can go over all tables.</summary>
internal abstract class AnyRow
{
    public required string Table { get; init; }

    public abstract string Section { get; }

    public abstract string Name { get; }

    public abstract string BusName { get; }

    public abstract string BusSignature { get; }

    public abstract string SetSignature { get; }

    public abstract BusFlags BusFlags { get; }

    public abstract Enforcement Enforcement { get; }

    public abstract bool IsShown { get; }

    public abstract string? Good { get; }

    public abstract string? Bad { get; }

    /// <summary>Reads the texts into a fresh configuration.</summary>
    public abstract Reading Read(params string[] texts);

    /// <summary>The property after the texts, as a client would send it; null without one.</summary>
    public abstract ValueTree? Send(params string[] texts);

    /// <summary>Reads lines through the whole table and shows this row's property.</summary>
    public abstract string ShowAfter(List<Setting> lines);

    /// <summary>What a client's value turns into; null if it is refused.</summary>
    public abstract List<Setting>? FromBus(IValueReader reader);

    public override string ToString() => $"{Table}: [{Section}] {Name}= {BusName}";
}

/// <summary>What became of some texts: the complaints, the lines that would make the value again, and how the table's properties look.</summary>
internal sealed record Reading(IReadOnlyList<Diagnostic> Diagnostics, ParseOutcome Outcome, List<Setting> Lines, string Json, Func<string> Whole)
{
    public string AllJson => Whole();
}

internal sealed class UnitTypeTable<TConfig>(string name, string unit, DirectiveTable<TConfig> table, Func<TConfig> create)
{
    public IEnumerable<AnyRow> Rows()
    {
        foreach (var row in table.Rows)
        {
            yield return new Row(this, row) { Table = name };
        }
    }

    /// <summary>Reads assignments through the table, as a unit file has them.</summary>
    public (TConfig Config, IReadOnlyList<Diagnostic> Diagnostics) Read(IEnumerable<(string Section, string Key, string Value)> lines)
    {
        var config = create();
        var sink = new DiagnosticList();
        var context = Context(sink);
        foreach (var (section, key, value) in lines)
        {
            Assert.True(table.Apply(config, new Assignment(section, key, value, "test", 1), context), $"[{section}] {key}= is unknown");
        }

        return (config, sink.Items);
    }

    public ParseContext Context(IDiagnostics sink) =>
        new(UnitName.Parse(unit), new SpecifierContext(UnitName.Parse(unit), new SampleHost()), sink);

    private sealed class Row(UnitTypeTable<TConfig> owner, Directive<TConfig> row) : AnyRow
    {
        public override string Section => row.Section;

        public override string Name => row.Name;

        public override string BusName => row.BusName;

        public override string BusSignature => row.BusSignature;

        public override string SetSignature => row.SetSignature;

        public override BusFlags BusFlags => row.BusFlags;

        public override Enforcement Enforcement => row.Enforcement;

        public override bool IsShown => row.IsShown;

        public override string? Good => row.Good;

        public override string? Bad => row.Bad;

        public override List<Setting>? FromBus(IValueReader reader)
        {
            var settings = new List<Setting>();
            return row.FromBus(reader, settings) ? settings : null;
        }

        public override ValueTree? Send(params string[] texts)
        {
            var config = owner.Create();
            foreach (var text in texts)
            {
                row.Parse(config, text, owner.Context(NullDiagnostics.Instance).At(row.Section, row.Name, "test", 1));
            }

            return row.IsOnBus && row.BusSignature == row.SetSignature ? ValueTree.Of(row.SetSignature, writer => row.WriteBus(config, writer)) : null;
        }

        public override string ShowAfter(List<Setting> lines)
        {
            var (config, complaints) = owner.Read(lines.Select(l => (l.Section, l.Name, l.Text)));
            Assert.DoesNotContain(complaints, c => c.Severity <= Severity.Warning && !c.Message.Contains("control groups v1", StringComparison.Ordinal));
            return ValueJson.Of(writer => row.WriteBus(config, writer));
        }

        public override Reading Read(params string[] texts)
        {
            var config = owner.Create();
            var sink = new DiagnosticList();
            var context = owner.Context(sink);
            var outcome = ParseOutcome.Fine;
            foreach (var text in texts)
            {
                row.Parse(config, text, context.At(row.Section, row.Name, "test", 1));
                outcome = context.Outcome;
            }

            var lines = new List<Setting>();
            row.Format(config, lines);
            return new Reading(
                sink.Items,
                outcome,
                lines,
                row.IsOnBus ? ValueJson.Of(writer => row.WriteBus(config, writer)) : "",
                () => string.Join('\n', owner.AllProperties(config)));
        }
    }

    private TConfig Create() => create();

    private IEnumerable<string> AllProperties(TConfig config) =>
        [.. table.Rows.Where(r => r.IsOnBus).Select(r => $"{r.BusName} {ValueJson.Of(writer => r.WriteBus(config, writer))}"),
            .. table.Difference(config, create()).Select(s => s.ToString())];
}

internal static class AllTables
{
    public static readonly UnitTypeTable<UnitConfig> Unit = new("Unit", "a.service", UnitDirectives.Table, static () => new UnitConfig(UnitType.Service, Defaults()));

    public static readonly UnitTypeTable<ServiceConfig> Service = new("Service", "a.service", ServiceDirectives.Table,
        static () => new ServiceConfig(new UnitConfig(UnitType.Service, Defaults()), Defaults()));

    public static readonly UnitTypeTable<SocketConfig> Socket = new("Socket", "a.socket", SocketDirectives.Table,
        static () => new SocketConfig(new UnitConfig(UnitType.Socket, Defaults()), Defaults()));

    public static readonly UnitTypeTable<TimerConfig> Timer = new("Timer", "a.timer", TimerDirectives.Table,
        static () => new TimerConfig(new UnitConfig(UnitType.Timer, Defaults()), Defaults()));

    public static readonly UnitTypeTable<PathConfig> Path = new("Path", "a.path", PathDirectives.Table,
        static () => new PathConfig(new UnitConfig(UnitType.Path, Defaults())));

    public static readonly UnitTypeTable<MountConfig> Mount = new("Mount", "srv-a.mount", MountDirectives.Table,
        static () => new MountConfig(new UnitConfig(UnitType.Mount, Defaults()), Defaults()));

    public static readonly UnitTypeTable<AutomountConfig> Automount = new("Automount", "srv-a.automount", AutomountDirectives.Table,
        static () => new AutomountConfig(new UnitConfig(UnitType.Automount, Defaults())));

    public static readonly UnitTypeTable<SwapConfig> Swap = new("Swap", "dev-a.swap", SwapDirectives.Table,
        static () => new SwapConfig(new UnitConfig(UnitType.Swap, Defaults()), Defaults()));

    public static readonly UnitTypeTable<SliceConfig> Slice = new("Slice", "a.slice", SliceDirectives.Table,
        static () => new SliceConfig(new UnitConfig(UnitType.Slice, Defaults()), Defaults()));

    public static readonly UnitTypeTable<ScopeConfig> Scope = new("Scope", "a.scope", ScopeDirectives.Table,
        static () => new ScopeConfig(new UnitConfig(UnitType.Scope, Defaults()), Defaults()));

    public static readonly UnitTypeTable<InstallConfig> Install = new("Install", "a.service", InstallDirectives.Table, static () => new InstallConfig());

    public static readonly UnitTypeTable<ManagerDefaults> Manager = new("Manager", "a.service", ManagerDirectives.Table, Defaults);

    public static IEnumerable<AnyRow> Rows() =>
    [
        .. Unit.Rows(), .. Service.Rows(), .. Socket.Rows(), .. Timer.Rows(), .. Path.Rows(), .. Mount.Rows(), .. Automount.Rows(),
        .. Swap.Rows(), .. Slice.Rows(), .. Scope.Rows(), .. Install.Rows(), .. Manager.Rows(),
    ];

    /// <summary>Delegate= and what systemd-oomd is told are not for all unit types that have the rows.</summary>
    public static IEnumerable<AnyRow> SampledRows() => Rows().Where(r => r.Good is not null && r.Name.Length > 0
        && !(r.Table is "Socket" or "Mount" or "Swap" && r.Name.StartsWith("ManagedOOM", StringComparison.Ordinal) && r.Name is not "ManagedOOMPreference")
        && !(r.Table is not ("Service" or "Scope") && r.Name is "Delegate"));

    /// <summary>A machine of 1 GiB with room for 100,000 tasks.</summary>
    public static ManagerDefaults Defaults() => new() { Host = { PhysicalMemory = 1UL << 30, MaxTasks = 100_000 } };
}
