using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>One start under way: what is started, and who is told of it.</summary>
internal sealed class CommandStart(ExecParameters parameters, Action<ExecResult> done, Action<ExecResult>? executed, Action<ExecResult>? failed)
{
    public ExecParameters Parameters { get; } = parameters;

    /// <summary>The result may come as soon as there is a process.</summary>
    public bool TellsFailureLater => failed is not null;

    public void OnSpawned(SpawnResult result) => done(ResultOf(result));

    public void OnFailed(SpawnResult result) => failed?.Invoke(ResultOf(result));

    /// <summary>The process that is there prepares itself, unless it has failed already.</summary>
    public void OnPreparing(SpawnResult result) => done(ResultOf(result) with { IsPreparing = result.Ok });

    public void OnExecuted(SpawnResult result) => executed?.Invoke(ResultOf(result));

    /// <summary>There is no process, and not for a reason of the kernel's.</summary>
    public void OnRefused(SpawnResult result, string message) => done(new ExecResult(result, message));

    private ExecResult ResultOf(SpawnResult result) => new(result, result.Ok ? null : MessageOf(result));

    private string MessageOf(SpawnResult result)
    {
        var command = Parameters.Command.Path;
        var error = ErrnoNames.Message(result.Error);
        return result.FailedStep switch
        {
            SpawnStep.Fork => $"Failed to fork: {error}",
            SpawnStep.Exec when Parameters.Command.IgnoreFailure => $"Executable {command} missing, skipping: {error}",
            SpawnStep.Exec when result.Error is Errno.ENOENT or Errno.EACCES => $"Failed to locate executable {command}: {error}",
            var step => $"Failed at step {step.Name()} spawning {command} ({result.Note}): {error}",
        };
    }
}
