using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>Values that clients send become lines of a unit file, and those mean what was sent.</summary>
public sealed class ClientTests
{
    /// <summary>Rows whose property says less than the directive, so that the value cannot come back the same.</summary>
    private static readonly string[] s_lossy =
    [
        "SystemCallErrorNumber", "Delegate", "SELinuxContext", "WorkingDirectory", "StandardInput", "StandardOutput", "StandardError",
        "RestrictFileSystems",
    ];

    [Fact]
    public void EveryProperty_SentAsItIsShown_ComesBack()
    {
        var failures = new List<string>();
        var count = 0;
        foreach (var row in AllTables.SampledRows().Where(r => r.BusFlags.HasFlag(BusFlags.Transient)))
        {
            if (row.Send(row.Good!) is not { } sent || Array.IndexOf(s_lossy, row.Name) >= 0)
            {
                continue;
            }

            count++;
            if (row.FromBus(sent) is not { } lines)
            {
                failures.Add($"{row} refuses its own value");
                continue;
            }

            var expected = row.Read(row.Good!).Json;
            var shown = row.ShowAfter(lines);
            if (shown != expected && !row.Name.StartsWith("Limit", StringComparison.Ordinal))
            {
                failures.Add($"{row}: '{string.Join("', '", lines)}' shows {shown}, not {expected}");
            }
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.True(count > 300, $"only {count} rows were sent");
    }

    [Fact]
    public void EveryProperty_OfAnotherSignature_IsRefused()
    {
        foreach (var row in AllTables.Rows())
        {
            Assert.Null(row.FromBus(ValueTree.Of("(iiuuii)", static _ => { })));
        }
    }

    [Fact]
    public void ExecStart_FromRun_KeepsEveryArgument()
    {
        string[] argv = ["sh", "-c", "echo \"$HOME\" '%n'; sleep 1\n", "", "a\tb;", "\u00fc\\x"];
        var sent = ValueTree.Of("a(sasas)", writer =>
        {
            writer.BeginArray("(sasas)");
            writer.BeginStruct();
            writer.String("/bin/sh");
            BusLists.Write(writer, argv);
            BusLists.Write(writer, ["ignore-failure", "no-env-expand"]);
            writer.EndStruct();
            writer.EndArray();
        });
        var lines = new List<Setting>();
        Assert.True(ServiceDirectives.Table.FindBus("ExecStartEx")!.FromBus(sent, lines));
        Assert.All(lines, line => Assert.DoesNotContain('\n', line.Text));
        var (service, complaints) = AllTables.Service.Read(lines.Select(l => (l.Section, l.Name, l.Text)));
        Assert.Empty(complaints);
        var command = Assert.Single(service.ExecStart);
        Assert.Equal("/bin/sh", command.Path);
        Assert.Equal(argv, command.Argv);
        Assert.Equal(ExecCommandFlags.IgnoreFailure | ExecCommandFlags.NoEnvExpand, command.Flags);
    }

    [Fact]
    public void Environment_WithLineEndsAndPercents_IsByteExact()
    {
        string[] variables = ["A=one\ntwo", "B=100%i", "C=\"quoted\" \\ 'too'", "D=\u0001"];
        var lines = new List<Setting>();
        Assert.True(ServiceDirectives.Table.FindBus("Environment")!.FromBus(ValueTree.Of("as", writer => BusLists.Write(writer, variables)), lines));
        var line = Assert.Single(lines);
        Assert.DoesNotContain('\n', line.Text);
        var (service, complaints) = AllTables.Service.Read([(line.Section, line.Name, line.Text)]);
        Assert.Empty(complaints);
        Assert.Equal(variables, service.Exec.Environment);
    }

    [Theory]
    [InlineData("SourcePath", "/a\nExecStart=/bin/false")]
    [InlineData("RebootArgument", "x\r")]
    public void Texts_WithLineEnds_AreRefused(string property, string text)
    {
        Assert.False(UnitDirectives.Table.FindBus(property)!.FromBus(ValueTree.Of("s", writer => writer.String(text)), []));
    }

    [Theory]
    [InlineData("one\ntwo\n", "one two")]
    [InlineData("sh -c echo \\\n  a \\", "sh -c echo \\   a")]
    public void Description_OfAScript_BecomesOneLine(string text, string line)
    {
        var lines = new List<Setting>();
        Assert.True(UnitDirectives.Table.FindBus("Description")!.FromBus(ValueTree.Of("s", writer => writer.String(text)), lines));
        Assert.Equal([new Setting("Unit", "Description", line)], lines);
    }

    [Theory]
    [InlineData("MemoryMaxScale", "MemoryMax", uint.MaxValue / 2, "50%")]
    [InlineData("TasksMaxScale", "TasksMax", uint.MaxValue / 10, "10%")]
    public void Scales_FromSetProperty_BecomePercentages(string property, string name, uint scale, string text)
    {
        var lines = new List<Setting>();
        Assert.True(SliceDirectives.Table.FindBus(property)!.FromBus(ValueTree.Of("u", writer => writer.UInt32(scale)), lines));
        Assert.Equal([new Setting("Slice", name, text)], lines);
    }

    [Fact]
    public void Conditions_FromRun_BecomeTheirDirectives()
    {
        var sent = ValueTree.Of("a(sbbs)", writer =>
        {
            writer.BeginArray("(sbbs)");
            writer.BeginStruct();
            writer.String("ConditionPathExists");
            writer.Boolean(true);
            writer.Boolean(true);
            writer.String("/etc/%x");
            writer.EndStruct();
            writer.EndArray();
        });
        var lines = new List<Setting>();
        Assert.True(UnitDirectives.Table.FindBus("Conditions")!.FromBus(sent, lines));
        Assert.Equal([new Setting("Unit", "ConditionPathExists", "|!/etc/%%x")], lines);
    }
}
