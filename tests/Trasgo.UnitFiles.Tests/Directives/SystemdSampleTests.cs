using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>
/// Units that set every directive, and what systemd 252 showed for them on the bus: the tables must show the same.
/// </summary>
public sealed class SystemdSampleTests
{
    /// <summary>Shown by the engine rather than by the configuration, or different from host to host.</summary>
    private static readonly string[] s_engine =
    [
        "Requires", "Requisite", "Wants", "BindsTo", "PartOf", "Upholds", "RequiredBy", "RequisiteOf", "WantedBy", "BoundBy", "UpheldBy",
        "ConsistsOf", "Conflicts", "ConflictedBy", "Before", "After", "OnSuccess", "OnSuccessOf", "OnFailure", "OnFailureOf", "Triggers",
        "TriggeredBy", "PropagatesReloadTo", "ReloadPropagatedFrom", "PropagatesStopTo", "StopPropagatedFrom", "JoinsNamespaceOf",
        "SliceOf", "RequiresMountsFor", "Description", "TasksMax", "Slice", "Unit",

        // systemd keeps them in the order of a hash.
        "RestrictNetworkInterfaces",
    ];

    [Fact]
    public void Service_WithEveryDirective_ShowsWhatSystemdShows()
    {
        var unit = new UnitConfig(UnitType.Service, AllTables.Defaults());
        var config = new ServiceConfig(unit, AllTables.Defaults());
        Read("sample.service", unit, ServiceDirectives.Table, config);
        ExecRules.Complete(config.Exec, config.Resources, AllTables.Defaults(), UnitName.Parse("sample.service"));
        Check("sample.service", "Unit", UnitDirectives.Table, unit);
        Check("sample.service", "Service", ServiceDirectives.Table, config, "WatchdogUSec");
    }

    [Fact]
    public void Socket_WithEveryDirective_ShowsWhatSystemdShows()
    {
        var unit = new UnitConfig(UnitType.Socket, AllTables.Defaults());
        var config = new SocketConfig(unit, AllTables.Defaults());
        Read("sample.socket", unit, SocketDirectives.Table, config);
        ExecRules.Complete(config.Exec, config.Resources, AllTables.Defaults(), UnitName.Parse("sample.socket"));
        Check("sample.socket", "Unit", UnitDirectives.Table, unit);
        Check("sample.socket", "Socket", SocketDirectives.Table, config);
    }

    [Fact]
    public void Mount_WithEveryDirective_ShowsWhatSystemdShows()
    {
        var unit = new UnitConfig(UnitType.Mount, AllTables.Defaults());
        var config = new MountConfig(unit, AllTables.Defaults());
        Read("srv-a.mount", unit, MountDirectives.Table, config);
        ExecRules.Complete(config.Exec, config.Resources, AllTables.Defaults(), UnitName.Parse("srv-a.mount"));
        Check("srv-a.mount", "Unit", UnitDirectives.Table, unit);
        Check("srv-a.mount", "Mount", MountDirectives.Table, config);
    }

    [Fact]
    public void Swap_WithEveryDirective_ShowsWhatSystemdShows()
    {
        var unit = new UnitConfig(UnitType.Swap, AllTables.Defaults());
        var config = new SwapConfig(unit, AllTables.Defaults());
        Read("dev-a.swap", unit, SwapDirectives.Table, config);
        ExecRules.Complete(config.Exec, config.Resources, AllTables.Defaults(), UnitName.Parse("dev-a.swap"));
        Check("dev-a.swap", "Unit", UnitDirectives.Table, unit);
        Check("dev-a.swap", "Swap", SwapDirectives.Table, config);
    }

    [Fact]
    public void UnitsWithoutProcesses_WithEveryDirective_ShowWhatSystemdShows()
    {
        var timerUnit = new UnitConfig(UnitType.Timer, AllTables.Defaults());
        var timer = new TimerConfig(timerUnit, AllTables.Defaults());
        Read("sample.timer", timerUnit, TimerDirectives.Table, timer);
        Check("sample.timer", "Timer", TimerDirectives.Table, timer);

        var pathUnit = new UnitConfig(UnitType.Path, AllTables.Defaults());
        var path = new PathConfig(pathUnit);
        Read("sample.path", pathUnit, PathDirectives.Table, path);
        Check("sample.path", "Path", PathDirectives.Table, path);

        var automountUnit = new UnitConfig(UnitType.Automount, AllTables.Defaults());
        var automount = new AutomountConfig(automountUnit);
        Read("srv-a.automount", automountUnit, AutomountDirectives.Table, automount);
        Check("srv-a.automount", "Unit", UnitDirectives.Table, automountUnit);
        Check("srv-a.automount", "Automount", AutomountDirectives.Table, automount);

        var sliceUnit = new UnitConfig(UnitType.Slice, AllTables.Defaults());
        var slice = new SliceConfig(sliceUnit, AllTables.Defaults());
        Read("sample.slice", sliceUnit, SliceDirectives.Table, slice);
        Check("sample.slice", "Unit", UnitDirectives.Table, sliceUnit);
        Check("sample.slice", "Slice", SliceDirectives.Table, slice);
    }

    private static void Read<TConfig>(string name, UnitConfig unit, DirectiveTable<TConfig> table, TConfig config)
    {
        var sink = new DiagnosticList();
        var context = new ParseContext(
            UnitName.Parse(name), new UnitFiles.Specifiers.SpecifierContext(UnitName.Parse(name), new SampleHost()), sink, AllTables.Defaults());
        using var stream = typeof(Facts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        foreach (var assignment in UnitFileParser.Parse(Encoding.UTF8.GetBytes(reader.ReadToEnd()), name, sink))
        {
            Assert.True(
                UnitDirectives.Table.Apply(unit, assignment, context) || table.Apply(config, assignment, context),
                $"[{assignment.Section}] {assignment.Key}= is unknown");
            Assert.Equal(ParseOutcome.Fine, context.Outcome);
        }
    }

    private static void Check<TConfig>(string name, string table, DirectiveTable<TConfig> rows, TConfig config, params string[] except)
    {
        var differences = new List<string>();
        foreach (var fact in Facts.Table(name + ".expected.tsv").Where(f => f[0] == table))
        {
            if (rows.FindBus(fact[1]) is { } row && Array.IndexOf(s_engine, fact[1]) < 0 && Array.IndexOf(except, fact[1]) < 0)
            {
                var shown = ValueJson.Of(writer => row.WriteBus(config, writer));
                if (shown != fact[2])
                {
                    differences.Add($"{fact[1]}: {shown}\n   systemd: {fact[2]}");
                }
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
