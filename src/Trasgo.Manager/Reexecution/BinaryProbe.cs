using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Runs a binary as a child, to see whether it can be run, before the manager becomes it: after execve(2) it would be too late to notice that a
/// library is missing or that half of the file is. It is asked for its version, and has a few seconds.
/// </summary>
internal sealed class BinaryProbe : IDisposable
{
    private const ulong TimeoutUsec = 10_000_000;

    private readonly Spawner _spawner;
    private readonly TimerSource _timeout;
    private Action<string?>? _done;
    private ProcessHandle? _child;

    public BinaryProbe(EventLoop loop, Spawner spawner)
    {
        _spawner = spawner;
        _timeout = loop.At(Clock.Monotonic, TimerSource.Never, () => _child?.Signal(Signo.SIGKILL, out _));
    }

    /// <summary><paramref name="done"/> is told null if the binary runs, otherwise why not.</summary>
    public void Run(string path, ulong now, Action<string?> done)
    {
        _done = done;
        var program = new SpawnProgram();
        program.ResetSignals();
        program.SignalMask(default);
        foreach (var (step, number) in (ReadOnlySpan<(SpawnStep, int)>)[(SpawnStep.Stdin, 0), (SpawnStep.Stdout, 1), (SpawnStep.Stderr, 2)])
        {
            program.Place(step, program.Open(step, "/dev/null", OpenFlags.ReadWrite), number);
        }

        program.Execute([path], ["trasgo", "--version"], (ReadOnlySpan<string>)[]);
        _timeout.Rearm(now + TimeoutUsec);
        _spawner.Spawn(program, OnSpawned);
    }

    /// <summary>True when it was the child of this probe that ended.</summary>
    public bool OnChildExited(ChildExit exit)
    {
        if (_child?.Pid != exit.Pid)
        {
            return false;
        }

        Finish(exit.IsSuccess ? null : exit.Code == ChildExitCode.Exited ? $"it exits with status {exit.Status}" : $"it dies of {SignalNames.Long(exit.Status)}");
        return true;
    }

    public void Dispose()
    {
        _timeout.Dispose();
        _child?.Dispose();
    }

    private void OnSpawned(SpawnResult result)
    {
        if (result.Ok)
        {
            _child = new ProcessHandle(result.Pid, result.PidFd);
            return;
        }

        // There may be a child that exits, which would say less.
        result.PidFd?.Dispose();
        Finish(ErrnoNames.Message(result.Error));
    }

    private void Finish(string? failure)
    {
        _timeout.Disarm();
        _child?.Dispose();
        _child = null;
        var done = _done;
        _done = null;
        done?.Invoke(failure);
    }
}
