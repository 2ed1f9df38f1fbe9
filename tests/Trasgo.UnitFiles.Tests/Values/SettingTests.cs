using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Directives;

namespace Trasgo.UnitFiles.Tests.Values;

/// <summary>Several hundred single settings, good and bad, against what systemd 252 showed after reading each.</summary>
public sealed class SettingTests
{
    [Fact]
    public void Setting_OfEachText_IsSystemds()
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var fact in Facts.Table("settings-252.tsv"))
        {
            count++;
            var (shown, outcome) = Show(fact[0], fact[1], fact[2]);
            var (fresh, _) = Show("", fact[1], "");
            var same = shown == fact[4] || (fact[4] == fact[5] && shown == fresh);
            var state = outcome switch { ParseOutcome.BadSetting => "bad-setting", ParseOutcome.Error => "error", _ => "loaded" };
            if (!same || state != fact[3])
            {
                failures.Add($"{fact[0]}={fact[2]}\n   {shown} {state}\n   {fact[4]} {fact[3]}");
            }
        }

        Assert.True(count > 500);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static (string Json, ParseOutcome Outcome) Show(string directive, string property, string text)
    {
        var unit = UnitName.Parse("sc0.service");
        var sink = new DiagnosticList();
        var context = new ParseContext(unit, new SpecifierContext(unit, new SampleHost()), sink, AllTables.Defaults());
        var config = new ServiceConfig(new UnitConfig(UnitType.Service, AllTables.Defaults()), AllTables.Defaults());
        var outcome = ParseOutcome.Fine;
        var file = directive.Length == 0 ? "" : $"[Service]\n{directive}={text}\n";
        foreach (var assignment in UnitFileParser.Parse(Encoding.UTF8.GetBytes(file), "test", sink))
        {
            Assert.True(ServiceDirectives.Table.Apply(config, assignment, context));
            outcome = context.Outcome;
        }

        ExecRules.Complete(config.Exec, config.Resources, AllTables.Defaults(), unit);
        var row = ServiceDirectives.Table.FindBus(property)!;
        return (ValueJson.Of(writer => row.WriteBus(config, writer)), outcome);
    }
}
