using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Tests.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Values;

/// <summary>Command lines against what systemd 252 made of them: path, arguments, flags, and whether the unit is bad-setting.</summary>
public sealed class ExecLineTests
{
    [Fact]
    public void ExecStart_OfEachLine_IsSystemds()
    {
        var failures = new List<string>();
        var index = 0;
        foreach (var fact in Facts.Table("exec-lines-252.tsv"))
        {
            var unit = UnitName.Parse($"xl{index++}.service");
            var sink = new DiagnosticList();
            var context = new ParseContext(unit, new SpecifierContext(unit, new SampleHost()), sink);
            var commands = new List<ExecCommand>();
            var line = fact[0].Replace("<TAB>", "\t", StringComparison.Ordinal);
            var outcome = ParseOutcome.Fine;
            foreach (var assignment in UnitFileParser.Parse(Encoding.UTF8.GetBytes($"[Service]\nExecStart={line}\n"), "test", sink))
            {
                Value.Commands.Parse(assignment.Value, ref commands, context.At(assignment));
                outcome = context.Outcome;
            }

            var shown = ValueJson.Of(writer => Write(commands, writer));

            // With no command at all the unit is bad-setting by itself, whatever the line was.
            var bad = outcome == ParseOutcome.BadSetting || commands.Count == 0;
            if (shown != fact[2] || bad != (fact[1] == "bad-setting"))
            {
                failures.Add($"{line}\n   {shown} {outcome}\n   {fact[2]} {fact[1]}");
            }
        }

        Assert.True(index > 60);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Theory]
    [InlineData("/bin/directory/", true)]
    [InlineData("-/bin/directory/", false)]
    [InlineData("bin/relative", true)]
    [InlineData("/bin/echo %Z", true)]
    [InlineData("@/bin/true", true)]
    [InlineData("true", false)]
    public void ExecStart_ThatIsWrong_MakesTheUnitBad(string line, bool isBad)
    {
        var row = AllTables.Rows().Single(r => r.Table == "Service" && r.Name == "ExecStart");
        var read = row.Read("/bin/first", line);
        Assert.Equal(isBad ? ParseOutcome.BadSetting : ParseOutcome.Fine, read.Outcome);
        Assert.Contains("/bin/first", read.Json, StringComparison.Ordinal);
        if (isBad)
        {
            var complaint = Assert.Single(read.Diagnostics, d => d.Severity == Severity.Error);
            Assert.Equal(("test", 1, "ExecStart"), (complaint.File, complaint.Line, complaint.Directive));
        }
    }

    private static void Write(List<ExecCommand> commands, IValueWriter writer)
    {
        writer.BeginArray("(sasas)");
        foreach (var command in commands)
        {
            writer.BeginStruct();
            writer.String(command.Path);
            BusLists.Write(writer, command.Argv);
            BusLists.Write(writer, CommandLine.FlagNames(command.Flags));
            writer.EndStruct();
        }

        writer.EndArray();
    }
}
