using System.Text;
using Trasgo.Engine.Tests.Units;
using Trasgo.Manager.Files;

namespace Trasgo.Manager.Tests.Execution;

/// <summary>What journald reads of a unit, while it is up and no longer.</summary>
public sealed class UnitRunFilesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly UnitWorld _world = new();

    private string Units => _directory.Path + "/units";

    [Fact]
    public void Export_RunningService_HasItsRunAndItsSettings()
    {
        var service = _world.Service("ExecStart=/daemon\nLogLevelMax=err\nLogRateLimitIntervalSec=5\nLogRateLimitBurst=7\nLogExtraFields=A=b C=d");
        _world.Start("a.service");
        Files().Export(service);
        Assert.Equal(service.InvocationId, Target("invocation:a.service"));
        Assert.Equal("3", Target("log-level-max:a.service"));
        Assert.Equal("5000000", Target("log-rate-limit-interval:a.service"));
        Assert.Equal("7", Target("log-rate-limit-burst:a.service"));
        Assert.Equal("\u0003\0\0\0\0\0\0\0A=b\u0003\0\0\0\0\0\0\0C=d", Encoding.UTF8.GetString(File.ReadAllBytes(Units + "/log-extra-fields:a.service")));
    }

    [Fact]
    public void Export_ByAUserManager_HasTheRunAlone()
    {
        var service = _world.Service("ExecStart=/daemon\nLogLevelMax=err");
        _world.Start("a.service");
        Files(settings: false).Export(service);
        Assert.Equal(["invocation:a.service"], Directory.EnumerateFileSystemEntries(Units).Select(Path.GetFileName));
    }

    [Fact]
    public void UnitChanged_IsDown_TakesThemAwayAfterAWhile()
    {
        var service = _world.Service("ExecStart=/daemon\nLogLevelMax=err");
        _world.Start("a.service");
        var files = Files();
        files.Export(service);
        _world.Stop("a.service");
        files.UnitChanged(service);
        _world.Advance(1);
        Assert.Equal(2, Directory.GetFileSystemEntries(Units).Length);
        _world.Advance(1);
        Assert.Empty(Directory.GetFileSystemEntries(Units));
    }

    [Fact]
    public void UnitRemoved_ItIsToldOfNoMore_TakesThemAwayAfterAWhile()
    {
        var service = _world.Service("ExecStart=/daemon");
        _world.Start("a.service");
        var files = Files();
        files.Export(service);
        _world.Stop("a.service");
        files.UnitRemoved(service);
        _world.Advance(1);
        Assert.Single(Directory.GetFileSystemEntries(Units));
        _world.Advance(2);
        Assert.Empty(Directory.GetFileSystemEntries(Units));
    }

    // A unit is told of as changed while its first process is made, and then is inactive still.
    [Fact]
    public void UnitChanged_IsUpByThen_LeavesThem()
    {
        var service = _world.Service("ExecStart=/daemon");
        var files = Files();
        _world.Start("a.service");
        files.Export(service);
        _world.Stop("a.service");
        files.UnitChanged(service);
        _world.Start("a.service");
        files.Export(service);
        _world.Advance(5);
        Assert.Equal(service.InvocationId, Target("invocation:a.service"));
    }

    public void Dispose()
    {
        _world.Dispose();
        _directory.Dispose();
    }

    private UnitRunFiles Files(bool settings = true)
    {
        var files = new RealFileSystem();
        return new UnitRunFiles(_world.Loop, Units, settings, () => files);
    }

    private string? Target(string name) => new FileInfo($"{Units}/{name}").LinkTarget;
}
