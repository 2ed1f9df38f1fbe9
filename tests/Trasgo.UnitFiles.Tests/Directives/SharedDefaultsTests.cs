using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Tests.Directives;

public sealed class SharedDefaultsTests
{
    private readonly ManagerDefaults _defaults = new();

    [Fact]
    public void Services_WithoutSettingsOfTheirOwn_ShareTheDefaults()
    {
        ServiceConfig a = New(), b = New();
        Apply(a, "ExecStart", "/bin/true");
        Assert.Same(a.Exec, b.Exec);
        Assert.Same(a.Resources, b.Resources);
    }

    [Theory]
    [InlineData("User", "nobody")]
    [InlineData("NonBlocking", "yes")]
    [InlineData("Environment", "A=1")]
    [InlineData("LimitNOFILE", "5")]
    [InlineData("SystemCallFilter", "read")]
    [InlineData("RuntimeDirectory", "x")]
    [InlineData("TasksMax", "7")]
    [InlineData("DeviceAllow", "/dev/null rw")]
    public void Assignment_InOneService_LeavesTheOthersAlone(string name, string value)
    {
        ServiceConfig a = New(), b = New();
        Apply(a, name, value);
        Assert.NotEqual(Text(a), Text(b));
        Assert.Equal(Text(New()), Text(b));
        Assert.Equal(name is "TasksMax" or "DeviceAllow", ReferenceEquals(a.Exec, b.Exec));
        Assert.Equal(name is not ("TasksMax" or "DeviceAllow"), ReferenceEquals(a.Resources, b.Resources));
    }

    private ServiceConfig New() => new(new UnitConfig(UnitType.Service, _defaults), _defaults);

    private static string Text(ServiceConfig config)
    {
        var settings = new List<Setting>();
        foreach (var row in ServiceDirectives.Table.Rows)
        {
            row.Format(config, settings);
        }

        return string.Join('\n', settings);
    }

    private static void Apply(ServiceConfig config, string name, string value)
    {
        var unit = UnitName.Parse("a.service");
        var sink = new DiagnosticList();
        var context = new ParseContext(unit, new SpecifierContext(unit, new SampleHost()), sink);
        foreach (var assignment in UnitFileParser.Parse(Encoding.UTF8.GetBytes($"[Service]\n{name}={value}\n"), "test", sink))
        {
            Assert.True(ServiceDirectives.Table.Apply(config, assignment, context));
        }
    }
}
