using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>Path units on real directories: what triggers them, and what becomes of them afterwards.</summary>
public sealed class PathUnitTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("trasgo-path-").FullName;
    private readonly UnitWorld _world = new();

    public void Dispose()
    {
        _world.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void PathExists_WhenItDoesAlready_TriggersAtOnce()
    {
        Touch("there");

        var path = StartPath("PathExists={0}/there");

        Assert.Equal(PathState.Running, path.State);
        Assert.Equal(1, Starts);
    }

    [Fact]
    public void PathExists_InDirectoriesThatAreStillToCome_TriggersWhenItAppears()
    {
        var path = StartPath("PathExists={0}/a/b/c");
        Assert.Equal(PathState.Waiting, path.State);

        Directory.CreateDirectory(At("a/b"));
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);
        Touch("a/b/c");
        _world.Settle();

        Assert.Equal(PathState.Running, path.State);
        var environment = _world.Executor.Requests.Single().Environment;
        Assert.Contains(new("TRIGGER_UNIT", "a.path"), environment);
        Assert.Contains(new("TRIGGER_PATH", At("a/b/c")), environment);
    }

    [Fact]
    public void PathExists_WhenTheServiceIsDown_StartsItAgainUntilThePathIsGone()
    {
        Touch("x");
        var path = StartPath("PathExists={0}/x");
        EndService();
        Assert.Equal((PathState.Running, 2), (path.State, Starts));

        File.Delete(At("x"));
        EndService();

        Assert.Equal((PathState.Waiting, 2), (path.State, Starts));
        Touch("x");
        _world.Settle();
        Assert.Equal((PathState.Running, 3), (path.State, Starts));
    }

    [Fact]
    public void PathExistsGlob_WhenAMatchAppears_TellsWhichOne()
    {
        var path = StartPath("PathExistsGlob={0}/*.job");
        Touch("1.other");
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);

        Touch("2.job");
        _world.Settle();

        Assert.Contains(new("TRIGGER_PATH", At("2.job")), _world.Executor.Requests.Single().Environment);
    }

    [Fact]
    public void PathChanged_WhenAFileIsWritten_TriggersOnlyOnceItIsClosed()
    {
        Touch("x");
        var path = StartPath("PathChanged={0}/x");
        Assert.Equal(PathState.Waiting, path.State);

        using (var file = File.OpenWrite(At("x")))
        {
            file.WriteByte(1);
            file.Flush();
            _world.Settle();
            Assert.Equal(PathState.Waiting, path.State);
        }

        _world.Settle();
        Assert.Equal(PathState.Running, path.State);
    }

    [Fact]
    public void PathModified_WhenAFileIsWritten_TriggersWithTheFirstWrite()
    {
        Touch("x");
        var path = StartPath("PathModified={0}/x");

        using var file = File.OpenWrite(At("x"));
        file.WriteByte(1);
        file.Flush();
        _world.Settle();

        Assert.Equal(PathState.Running, path.State);
    }

    [Fact]
    public void PathChanged_WhenTheFileComesAndGoes_TriggersEachTime()
    {
        var path = StartPath("PathChanged={0}/d/x");
        Directory.CreateDirectory(At("d"));
        Touch("d/x");
        _world.Settle();
        Assert.Equal(1, Starts);
        EndService();
        Assert.Equal(PathState.Waiting, path.State);

        Directory.Delete(At("d"), recursive: true);
        _world.Settle();

        Assert.Equal((PathState.Running, 2), (path.State, Starts));
    }

    [Fact]
    public void PathChanged_WhileTheServiceRuns_IsNotNoticed()
    {
        var path = StartPath("PathChanged={0}");
        Touch("x");
        _world.Settle();

        Touch("y");
        EndService();

        Assert.Equal((PathState.Waiting, 1), (path.State, Starts));
    }

    [Fact]
    public void DirectoryNotEmpty_UntilItIs_StartsTheServiceAgain()
    {
        Directory.CreateDirectory(At("spool"));
        var path = StartPath("DirectoryNotEmpty={0}/spool");
        Touch("spool/.hidden");
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);

        Touch("spool/1");
        Touch("spool/2");
        _world.Settle();
        File.Delete(At("spool/1"));
        EndService();
        Assert.Equal((PathState.Running, 2), (path.State, Starts));
        File.Delete(At("spool/2"));
        EndService();

        Assert.Equal((PathState.Waiting, 2), (path.State, Starts));
    }

    [Fact]
    public void DirectoryOnTheWay_MovedAwayAndBack_IsFollowed()
    {
        Directory.CreateDirectory(At("a/b"));
        var path = StartPath("PathExists={0}/a/b/c");
        Directory.Move(At("a"), At("elsewhere"));
        _world.Settle();
        Touch("elsewhere/b/c");
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);

        Directory.Move(At("elsewhere"), At("a"));
        _world.Settle();

        Assert.Equal(PathState.Running, path.State);
    }

    [Fact]
    public void LinkOnTheWay_ThatIsReplaced_IsFollowed()
    {
        Directory.CreateDirectory(At("one"));
        Directory.CreateDirectory(At("two"));
        File.CreateSymbolicLink(At("link"), "one");
        var path = StartPath("PathExists={0}/link/x");

        File.CreateSymbolicLink(At("new"), "two");
        Assert.Equal(Errno.None, FileSystem.Rename(At("new"), At("link")));
        _world.Settle();
        Touch("one/x");
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);
        Touch("two/x");
        _world.Settle();

        Assert.Equal(PathState.Running, path.State);
    }

    [Fact]
    public void Unit_WhoseWayIsThere_IsNotWokenUpByItsNeighbours()
    {
        Directory.CreateDirectory(At("a/b"));
        StartPath("PathExists={0}/a/b/c\nPathChanged={0}/a/b/d/e\nPathExists={0}/f/g");

        Touch("a/other");
        Touch("other");
        File.Delete(At("other"));
        Touch("a/b/c.new");

        // The last directory tells of every name in it, and that is all.
        Assert.True(_world.Loop.RunOnce(0));
        Assert.False(_world.Loop.RunOnce(0));
        Assert.Equal(0, Starts);
    }

    [Fact]
    public void MakeDirectory_MakesWhatIsWatchedWithItsMode()
    {
        StartPath("DirectoryNotEmpty={0}/m/n\nPathExists={0}/e\nMakeDirectory=yes\nDirectoryMode=0710");

        Assert.Equal(Convert.ToInt32("710", 8), (int)File.GetUnixFileMode(At("m")));
        Assert.Equal(Convert.ToInt32("710", 8), (int)File.GetUnixFileMode(At("m/n")));
        Assert.False(Path.Exists(At("e")));
    }

    [Fact]
    public void Path_BelowAFile_FailsForWantOfResources()
    {
        Touch("file");

        var path = StartPath("PathExists={0}/file/x");

        Assert.Equal((PathState.Failed, "resources"), (path.State, path.ResultName));
        Assert.True(_world.Logged("Failed to enter waiting state: Not a directory"));
        _world.File("a.path", $"[Path]\nPathExists={_directory}/y");
        path.ResetFailed();
        _world.DaemonReload();
        _world.Start("a.path");
        Assert.Equal((PathState.Waiting, "success"), (path.State, path.ResultName));
    }

    [Fact]
    public void Unit_WhoseServiceIsNotLoaded_RefusesToStart()
    {
        var path = StartPath("PathExists={0}/x\nUnit=missing.service");

        Assert.Equal((PathState.Dead, "success"), (path.State, path.ResultName));
        Assert.True(_world.Logged("a.path: Refusing to start, unit missing.service to trigger not loaded."));
    }

    [Fact]
    public void Unit_WhoseServiceEndsAtOnce_HitsItsTriggerLimit()
    {
        Touch("x");

        var path = StartPath("PathExists={0}/x\nTriggerLimitBurst=3\nTriggerLimitIntervalSec=1min", "Type=oneshot\nExecStart=/exit/0", "StartLimitIntervalSec=0");

        Assert.Equal((PathState.Failed, "trigger-limit-hit", 3), (path.State, path.ResultName, Starts));
    }

    [Fact]
    public void Unit_WhoseServiceHitsItsStartLimit_FailsWithIt()
    {
        Touch("x");

        var path = StartPath("PathExists={0}/x", "Type=oneshot\nExecStart=/exit/0", "StartLimitBurst=2\nStartLimitIntervalSec=1min");

        Assert.Equal((PathState.Failed, "unit-start-limit-hit", 2), (path.State, path.ResultName, Starts));
    }

    [Fact]
    public void Unit_WhoseServiceIsStartedBySomebodyElse_RunsWithIt()
    {
        var path = StartPath("PathExists={0}/x");

        _world.Start("a.service");
        Assert.Equal(PathState.Running, path.State);
        Touch("x");
        _world.Stop("a.service");

        // What was there when the service ended counts.
        Assert.Equal((PathState.Running, 2), (path.State, Starts));
    }

    [Fact]
    public void Reload_WithAnotherPath_WaitsForThatOne()
    {
        var path = StartPath("PathExists={0}/old");
        _world.File("a.path", $"[Path]\nPathExists={_directory}/new");
        _world.DaemonReload();

        Touch("old");
        _world.Settle();
        Assert.Equal(PathState.Waiting, path.State);
        Touch("new");
        _world.Settle();

        Assert.Equal(PathState.Running, path.State);
    }

    [Fact]
    public void Stop_WhileWaiting_WatchesNothingAnyMore()
    {
        var path = StartPath("PathExists={0}/x");

        _world.Stop("a.path");
        Touch("x");
        _world.Settle();

        Assert.Equal((PathState.Dead, 0), (path.State, Starts));
    }

    [Fact]
    public void Overflow_OfTheKernelsQueue_LosesNoFinalState()
    {
        Directory.CreateDirectory(At("busy"));
        Directory.CreateDirectory(At("changed"));
        Directory.CreateDirectory(At("untouched"));
        var exists = StartPath("PathExists={0}/busy/last", name: "exists");
        var changed = StartPath("PathChanged={0}/changed", name: "changed");
        var untouched = StartPath("PathChanged={0}/untouched", name: "untouched");

        var queued = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i <= queued; i++)
        {
            Touch($"busy/{i}");
        }

        Touch("busy/last");
        Touch("changed/x");
        _world.Settle();

        Assert.Equal(PathState.Running, exists.State);
        Assert.Equal(PathState.Running, changed.State);
        Assert.Equal(PathState.Waiting, untouched.State);
    }

    private int Starts => _world.Executor.Requests.Count;

    private string At(string name) => Path.Combine(_directory, name);

    private void Touch(string name) => File.Create(At(name)).Dispose();

    private void EndService() => _world.Exit(_world.Main((Service)_world.Unit("a.service")));

    private PathUnit StartPath(string lines, string service = "ExecStart=/daemon", string unitLines = "", string name = "a")
    {
        _world.Service(service, unitLines, name + ".service");
        _world.File(name + ".path", "[Path]\n" + lines.Replace("{0}", _directory, StringComparison.Ordinal));
        var path = (PathUnit)_world.Load(name + ".path");
        _world.Start(name + ".path");
        return path;
    }
}
