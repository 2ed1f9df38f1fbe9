namespace Trasgo.Linux.Tests;

/// <summary>Children that are made while the loop goes on.</summary>
public sealed class ApartSpawnTests : IDisposable
{
    private static readonly string[] s_environment = ["PATH=/usr/bin:/bin"];

    private readonly SpawnFixture _fixture = new();
    private readonly List<string> _told = [];

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void SpawnApart_Program_IsBornAndExitsWithItsStatus()
    {
        var result = Spawn(p => p.Execute(["/bin/sh"], ["sh", "-c", "exit 7"], s_environment));

        Assert.True(result.Ok);
        Assert.Equal((ChildExitCode.Exited, 7), (_fixture.WaitFor(result).Code, _fixture.WaitFor(result).Status));
        Assert.Equal(["born", "exit"], _told);
    }

    [Fact]
    public void SpawnApart_StepThatFails_IsToldBeforeTheExit()
    {
        var result = Spawn(static p =>
        {
            p.ChangeDirectory("/nonexistent");
            p.Execute(["/bin/true"], ["true"], s_environment);
        });

        Assert.True(result.Ok);
        Assert.Equal(200, _fixture.WaitFor(result).Status);
        Assert.Equal(["born", "failed Chdir ENOENT chdir(\"/nonexistent\")", "exit"], _told);
    }

    [Fact]
    public void SpawnApart_OfSomethingToPrepare_TellsWhenThatIsDone()
    {
        var prepared = false;
        var result = Spawn(p =>
        {
            p.Preparation = () =>
            {
                prepared = true;
                return null;
            };
            p.Execute(["/bin/true"], ["true"], s_environment);
        });

        Assert.True(prepared);
        Assert.True(_fixture.WaitFor(result).IsSuccess);
    }

    [Fact]
    public void SpawnApart_DescriptorsOfTheProgram_AreTheChildsAlone()
    {
        var (read, end) = Pipe.Create().OrThrow("pipe2");
        using var reader = read;
        var result = Spawn(p =>
        {
            p.Place(SpawnStep.Stdout, p.MoveAbove(SpawnStep.Fds, p.Own(end).Raw, 10), 1);
            p.Execute(["/bin/echo"], ["echo", "here"], s_environment);
        });

        Assert.True(end.IsClosed);
        Assert.Equal("here\n", System.Text.Encoding.UTF8.GetString(FileSystem.Read(reader, 100).OrThrow("read")));
        Assert.True(_fixture.WaitFor(result).IsSuccess);
    }

    [Fact]
    public void Sweep_ChildThatHasExecutedAndLivesOn_NeedsItsProgramNoMore()
    {
        var (read, end) = Pipe.Create().OrThrow("pipe2");
        var (input, held) = Pipe.Create().OrThrow("pipe2");
        using var reader = read;
        var result = Spawn(p =>
        {
            p.Place(SpawnStep.Stdin, p.MoveAbove(SpawnStep.Fds, p.Own(input).Raw, 10), 0);
            p.Place(SpawnStep.Stdout, p.MoveAbove(SpawnStep.Fds, p.Own(end).Raw, 10), 1);
            p.CloseFrom(3);
            p.Execute(["/bin/sh"], ["sh", "-c", "echo up; exec >&-; read end"], s_environment);
        });
        Assert.Equal("up\n", System.Text.Encoding.UTF8.GetString(FileSystem.Read(reader, 100).OrThrow("read")));

        Assert.Equal(1, _fixture.Spawner.Kept);
        _fixture.Spawner.Sweep();
        Assert.Equal(0, _fixture.Spawner.Kept);
        held.Dispose();
        Assert.Equal(1, _fixture.WaitFor(result).Status);
    }

    [Fact]
    public void SpawnApart_ManyAtOnce_EveryExitIsReportedOnceAndAfterItsBirth()
    {
        const int Count = 300;
        var born = new HashSet<int>();
        var exits = new List<int>();
        var strangers = 0;
        _fixture.Reaper.Handler = exit =>
        {
            exits.Add(exit.Status);
            strangers += born.Contains(exit.Pid) ? 0 : 1;
        };
        for (var i = 0; i < Count; i++)
        {
            var program = new SpawnProgram();
            program.ResetSignals();
            program.SignalMask(default);
            program.Execute(i % 3 == 0 ? ["/nonexistent/true"] : ["/bin/true"], ["true"], s_environment);
            _fixture.Spawner.SpawnApart(
                program,
                result =>
                {
                    born.Add(result.Pid);
                    result.PidFd?.Dispose();
                },
                result => _told.Add($"{result.FailedStep}"));
        }

        _fixture.RunUntil(() => exits.Count == Count);
        Assert.Equal(0, strangers);
        Assert.Equal(Count / 3, exits.Count(static status => status == 203));
        Assert.Equal(Count / 3, _told.Count(static step => step == "Exec"));
        Assert.Equal(0, _fixture.Spawner.InFlight);
    }

    private SpawnResult Spawn(Action<SpawnProgram> write)
    {
        var handler = _fixture.Reaper.Handler!;
        _fixture.Reaper.Handler = exit =>
        {
            _told.Add("exit");
            handler(exit);
        };
        var program = new SpawnProgram();
        program.ResetSignals();
        write(program);
        SpawnResult? result = null;
        _fixture.Spawner.SpawnApart(
            program,
            born =>
            {
                _told.Add("born");
                result = born;
            },
            failed => _told.Add($"failed {failed.FailedStep} {failed.Error} {failed.Note}"));
        Assert.Null(result);
        _fixture.RunUntil(() => result is not null);
        return result!.Value;
    }
}
