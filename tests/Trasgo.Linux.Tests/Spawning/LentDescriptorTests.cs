using System.Text;

namespace Trasgo.Linux.Tests;

/// <summary>Descriptors that a program uses and does not own: their owner may close them as soon as the program has been handed over.</summary>
public sealed class LentDescriptorTests : IDisposable
{
    private readonly SpawnFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lent_ClosedAfterTheHandOver_IsTheChildsStill(bool apart)
    {
        var (read, end) = Pipe.Create().OrThrow("pipe2");
        using var reader = read;
        var program = Echo(end);
        SpawnResult? result = null;
        if (apart)
        {
            _fixture.Spawner.SpawnApart(program, r => result = r, static failed => Assert.Fail(failed.Note));
        }
        else
        {
            // Its turn does not come before the owner has closed it.
            program.Preparation = () => SpinWait.SpinUntil(() => end.IsClosed, 10_000) ? null : new SpawnFailure(SpawnStep.Stdout, Errno.EBUSY, "still open");
            _fixture.Spawner.Spawn(program, r => result = r);
        }

        end.Dispose();
        _fixture.RunUntil(() => result is not null);

        Assert.True(result!.Value.Ok, result.Value.Note);
        Assert.Equal("here\n", Encoding.UTF8.GetString(FileSystem.Read(reader, 100).OrThrow("read")));
        Assert.True(_fixture.WaitFor(result.Value).IsSuccess);
    }

    [Fact]
    public void Lent_ThatCannotBeCopied_FailsTheOperationThatUsesIt()
    {
        var (read, end) = Pipe.Create().OrThrow("pipe2");
        read.Dispose();
        var program = Echo(end);
        end.Dispose();

        var result = _fixture.Spawn(program);

        Assert.Equal((SpawnStep.Stdout, Errno.EBADF), (result.FailedStep, result.Error));
        Assert.Equal("Failed to duplicate a file descriptor: Bad file descriptor", result.Note);
        Assert.Equal((int)SpawnStep.Stdout, _fixture.WaitFor(result).Status);
    }

    private static SpawnProgram Echo(Descriptor output)
    {
        var program = new SpawnProgram();
        program.ResetSignals();
        program.Place(SpawnStep.Stdout, program.MoveAbove(SpawnStep.Stdout, SpawnArgument.Lent(output), 10), 1);
        program.Execute(["/bin/echo"], ["echo", "here"], ["PATH=/bin"]);
        return program;
    }
}
