namespace Trasgo.Linux.Tests;

/// <summary>A loop with a spawner and a reaper, and the means to run a program to its end on it.</summary>
internal sealed class SpawnFixture : IDisposable
{
    private readonly Dictionary<int, ChildExit> _exits = [];

    public SpawnFixture()
    {
        Reaper = new ChildReaper(Loop, exit => _exits[exit.Pid] = exit);
        Spawner = new Spawner(Loop, Reaper);
    }

    public EventLoop Loop { get; } = new();

    public ChildReaper Reaper { get; }

    public Spawner Spawner { get; }

    public SpawnResult Spawn(SpawnProgram program)
    {
        SpawnResult? result = null;
        Spawner.Spawn(program, r => result = r);
        RunUntil(() => result is not null);
        return result!.Value;
    }

    public ChildExit WaitFor(SpawnResult spawned)
    {
        RunUntil(() => _exits.ContainsKey(spawned.Pid));
        spawned.PidFd?.Dispose();
        return _exits[spawned.Pid];
    }

    /// <summary>Spawns, waits for the end, and returns what the program wrote to its standard output.</summary>
    public (SpawnResult Result, ChildExit Exit, string Output) Run(Action<SpawnProgram> write)
    {
        var program = new SpawnProgram();
        var (read, end) = Pipe.Create().OrThrow("pipe2");
        using (read)
        {
            program.ResetSignals();
            program.Place(SpawnStep.Stdout, program.MoveAbove(SpawnStep.Fds, program.Own(end).Raw, 10), 1);
            write(program);
            var result = Spawn(program);
            var output = FileSystem.Read(read, 1 << 20).OrThrow("read");
            return (result, WaitFor(result), System.Text.Encoding.UTF8.GetString(output));
        }
    }

    /// <summary>Turns the loop until the condition holds; gives up after ten seconds, so that a bug is a failure and not a hang.</summary>
    public void RunUntil(Func<bool> condition)
    {
        var deadline = SystemTime.Instance.Now(Clock.Monotonic) + 10_000_000;
        while (!condition())
        {
            Assert.True(SystemTime.Instance.Now(Clock.Monotonic) < deadline, "nothing happened for ten seconds");
            Loop.RunOnce(100_000);
        }
    }

    public void Dispose()
    {
        Spawner.Dispose();
        Reaper.Dispose();
        Loop.Dispose();
    }
}
