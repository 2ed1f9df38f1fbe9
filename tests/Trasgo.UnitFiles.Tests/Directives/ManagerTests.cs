using System.Text;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>system.conf, and what units take from it.</summary>
public sealed class ManagerTests
{
    [Fact]
    public void Configuration_WithDefaults_ReachesUnits()
    {
        var (defaults, complaints) = Read("""
            [Manager]
            DefaultTimeoutStartSec=0
            DefaultTimeoutStopSec=5
            DefaultRestartSec=1s
            DefaultStartLimitBurst=9
            DefaultLimitNOFILE=1024:4096
            DefaultTasksMax=50%
            DefaultStandardOutput=null
            DefaultMemoryAccounting=no
            """);
        Assert.Empty(complaints);
        var unit = new UnitConfig(UnitFiles.Names.UnitType.Service, defaults);
        var service = new ServiceConfig(unit, defaults);
        ExecRules.Complete(service.Exec, service.Resources, defaults, UnitFiles.Names.UnitName.Parse("a.service"));
        Assert.Equal(TimeSpans.Infinity, service.TimeoutStart);
        Assert.Equal(5 * TimeSpans.Second, service.TimeoutStop);
        Assert.Equal(5 * TimeSpans.Second, service.EffectiveTimeoutAbort);
        Assert.Equal(TimeSpans.Second, service.RestartDelay);
        Assert.Equal(9U, unit.StartLimitBurst);
        Assert.Equal(new ResourceLimit(1024, 4096), service.Exec.Limits[(int)ResourceLimitKind.OpenFiles]);
        Assert.Equal(500UL, service.Resources.TasksMax.Resolve(1000));
        Assert.Equal(ExecOutput.Null, new SocketConfig(unit, defaults).Exec.StandardOutput);
        Assert.False(service.Resources.MemoryAccounting);
    }

    [Fact]
    public void Configuration_WithUnknownAndBadSettings_WarnsWithPlace()
    {
        var (defaults, complaints) = Read("""
            [Manager]
            DefaultLooks=good
            X-Ours=1
            DefaultTimeoutStopSec=soon
            """);
        Assert.Equal(["DefaultLooks", "DefaultTimeoutStopSec"], complaints.Select(c => c.Directive));
        Assert.Equal([2, 4], complaints.Select(c => c.Line));
        Assert.Equal(90 * TimeSpans.Second, defaults.TimeoutStop);
    }

    private static (ManagerDefaults Defaults, IReadOnlyList<Diagnostic> Complaints) Read(string text)
    {
        var sink = new DiagnosticList();
        var defaults = new ManagerDefaults();
        ManagerDirectives.Read(defaults, UnitFileParser.Parse(Encoding.UTF8.GetBytes(text), "system.conf", sink), sink);
        return (defaults, sink.Items);
    }

    [Theory]
    [InlineData("", "/home/u", false)]
    [InlineData("WorkingDirectory=~", null, true)]
    [InlineData("WorkingDirectory=/srv", "/srv", false)]
    public void WorkingDirectory_OfAUsersService_IsTheUsersHome(string line, string? path, bool isHome)
    {
        var defaults = new ManagerDefaults { Scope = RuntimeScope.User };
        defaults.Host.Home = "/home/u";
        var exec = new ExecConfig(defaults);
        if (line.Length > 0)
        {
            exec.WorkingDirectory = new WorkingDirectory(path, isHome, MissingOk: false);
        }

        ExecRules.Complete(exec, resources: null, defaults, UnitFiles.Names.UnitName.Parse("a.service"));

        Assert.Equal(new WorkingDirectory(path, isHome, MissingOk: line != "WorkingDirectory=/srv"), exec.WorkingDirectory);
    }
}
