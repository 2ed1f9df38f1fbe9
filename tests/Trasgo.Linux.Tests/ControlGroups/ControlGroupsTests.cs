namespace Trasgo.Linux.Tests;

public sealed class ControlGroupsTests : IDisposable
{
    private readonly SpawnFixture _fixture = new();
    private readonly ControlGroups _groups = ControlGroups.Open($"trasgo-test-{Guid.NewGuid():N}");
    private readonly List<Descriptor> _pidFds = [];

    public void Dispose()
    {
        if (_groups.IsAvailable)
        {
            _groups.Kill(_groups.Root, Signo.SIGKILL);
            _fixture.RunUntil(() => _groups.IsEmpty(_groups.Root));
            _groups.Remove($"{_groups.Root}/g");
            FileSystem.RemoveDirectory(_groups.Directory(_groups.Root));
        }

        _pidFds.ForEach(static fd => fd.Dispose());
        _fixture.Dispose();
    }

    [SkippableFact]
    public void Child_BornIntoItsGroup_IsListedThere()
    {
        var path = NewGroup();
        var child = Sleeper(path);

        Assert.Equal(path, _groups.PathOf(child.Pid));
        Assert.Equal([child.Pid], _groups.Pids(path));
        Assert.False(_groups.IsEmpty(path));
    }

    [SkippableFact]
    public void Child_EnteringByAWrite_IsListedThere()
    {
        var path = NewGroup();
        var program = new SpawnProgram();
        program.EnterControlGroup(_groups.ProcsFile(path));
        program.Execute(["/bin/sleep"], ["sleep", "1000"], ["A=b"]);

        var result = Started(program);

        Assert.Equal([result.Pid], _groups.Pids(path));
    }

    /// <summary>Linux 6.14 and later would take it for one of those that were killed.</summary>
    [SkippableFact]
    public void Child_OfAGroupThatWasKilledBefore_Lives()
    {
        var path = NewGroup();
        Sleeper(path);
        _groups.Kill(path, Signo.SIGKILL);
        _fixture.RunUntil(() => _groups.IsEmpty(path));

        var child = Sleeper(path);

        Assert.Equal([child.Pid], _groups.Pids(path));
        Assert.Equal(path, _groups.PathOf(child.Pid));
    }

    [SkippableFact]
    public void Kill_OfAnEmptyGroup_LeavesItAsItWas()
    {
        var path = NewGroup();
        Skip.IfNot(_groups.IsUnified, "only cgroup2 takes children at birth");

        Assert.Empty(_groups.Kill(path, Signo.SIGKILL));

        using var born = _groups.OpenForSpawn(path).OrThrow("open");
    }

    [SkippableFact]
    public void Child_OfAGroupThatIsGone_FailsAndNothingIsLeft()
    {
        var path = NewGroup();
        Skip.IfNot(_groups.IsUnified, "only cgroup2 takes children at birth");
        var program = new SpawnProgram { ControlGroup = _groups.OpenForSpawn(path).OrThrow("open") };
        program.Execute(["/bin/true"], ["true"], ["A=b"]);
        Assert.Equal(Errno.None, _groups.Remove(path));

        var result = _fixture.Spawn(program);

        // Kernels disagree about the number.
        Assert.Equal(SpawnStep.Fork, result.FailedStep);
        Assert.Contains(result.Error, (Errno[])[Errno.ENODEV, Errno.ENOENT]);
        Assert.Equal(0, result.Pid);
    }

    [SkippableFact]
    public void Kill_OfAGroupWithDescendantsInOwnSessions_EndsThemAll()
    {
        var path = NewGroup();
        var program = new SpawnProgram();
        Enter(program, path);
        program.ResetSignals();
        program.SignalMask(default);
        program.Execute(["/bin/sh"], ["sh", "-c", "trap '' TERM; setsid sleep 1000 & setsid setsid sleep 1000 & sleep 1000"], ["PATH=/usr/bin:/bin"]);
        Started(program);
        _fixture.RunUntil(() => _groups.Pids(path).Count == 4);

        var signalled = _groups.Kill(path, Signo.SIGKILL);
        _fixture.RunUntil(() => _groups.IsEmpty(path));

        Assert.Equal(4, signalled.Count);
        Assert.Equal(Errno.None, _groups.Remove(path));
        Assert.False(_groups.Exists(path));
    }

    [SkippableFact]
    public void Kill_WithExceptions_SparesThem()
    {
        var path = NewGroup();
        var spared = Sleeper(path);
        var victim = Sleeper(path);

        var signalled = _groups.Kill(path, Signo.SIGTERM, pid => pid == spared.Pid);
        _fixture.RunUntil(() => !Processes.Exists(victim.Pid));

        Assert.Equal([victim.Pid], signalled);
        Assert.Equal([spared.Pid], _groups.Pids(path));
    }

    [SkippableFact]
    public void Emptiness_OnceTheLastProcessEnds_IsReported()
    {
        var path = NewGroup();
        Skip.IfNot(_groups.IsUnified, "v1 reports nothing");
        var child = Sleeper(path);
        var empty = 0;
        using var watch = _groups.OnEmpty(_fixture.Loop, path, () => empty++).OrThrow("watch");

        Processes.Kill(child.Pid, Signo.SIGKILL);
        _fixture.RunUntil(() => empty > 0);

        Assert.True(_groups.IsEmpty(path));
    }

    [SkippableFact]
    public void Remove_OfATree_TakesTheDeepestFirst()
    {
        var path = NewGroup();
        Assert.Equal(Errno.None, _groups.Create($"{path}/a/b/c"));

        Assert.Equal(Errno.None, _groups.Remove(path));
        Assert.False(_groups.Exists(path));
    }

    [SkippableFact]
    public void Remove_OutsideOurRoot_IsRefused()
    {
        NewGroup();

        Assert.Equal(Errno.EINVAL, _groups.Remove("/"));
        Assert.Equal(Errno.EINVAL, _groups.Remove(_groups.Root));
        Assert.Equal(Errno.EINVAL, _groups.Remove($"{_groups.Root}/../other"));
    }

    [SkippableFact]
    public void Group_RemovedAndMadeAgainAHundredTimes_NeverHangsAStart()
    {
        var path = NewGroup();
        for (var i = 0; i < 100; i++)
        {
            _groups.Create(path);
            var program = new SpawnProgram();
            Enter(program, path);
            program.Execute(["/bin/true"], ["true"], ["A=b"]);
            if (i % 2 == 0)
            {
                _groups.Remove(path);
            }

            var result = _fixture.Spawn(program);
            Assert.Equal(i % 2 != 0, result.Ok);
            if (result.Pid > 0)
            {
                _fixture.WaitFor(result);
            }
        }
    }

    private string NewGroup()
    {
        Skip.IfNot(_groups.IsAvailable, "no control group hierarchy that we may write to");
        var path = $"{_groups.Root}/g";
        Assert.Equal(Errno.None, _groups.Create(path));
        return path;
    }

    private void Enter(SpawnProgram program, string path)
    {
        var born = _groups.OpenForSpawn(path);
        if (born.Error == Errno.EOPNOTSUPP)
        {
            program.EnterControlGroup(_groups.ProcsFile(path));
        }
        else
        {
            program.ControlGroup = born.OrThrow("open");
        }
    }

    private SpawnResult Sleeper(string path)
    {
        var program = new SpawnProgram();
        Enter(program, path);
        program.ResetSignals();
        program.SignalMask(default);
        program.Execute(["/bin/sleep"], ["sleep", "1000"], ["A=b"]);
        return Started(program);
    }

    private SpawnResult Started(SpawnProgram program)
    {
        var result = _fixture.Spawn(program);
        Assert.True(result.Ok, $"{result}");
        _pidFds.Add(result.PidFd!);
        return result;
    }
}
