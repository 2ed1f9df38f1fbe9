using Trasgo.Linux;

namespace Trasgo.Exec;

/// <summary>What became of a command: the spawn's result, and the line for the log when it failed.</summary>
internal readonly record struct ExecResult(SpawnResult Spawn, string? Message)
{
    public int Pid => Spawn.Pid;

    public bool Ok => Spawn.Ok;

    /// <summary>The process exists and is preparing itself to become the command; the outcome of that is told apart.</summary>
    public bool IsPreparing { get; init; }
}
