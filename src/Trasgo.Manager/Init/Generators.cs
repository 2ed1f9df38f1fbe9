using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// Runs the generators of systemd.generator(7), all at once, each as a child. A run empties the directories, starts the programs, waits for
/// their ends by events, adds our own built-in units for names that nobody provides, and removes what stayed empty. One that does not come
/// to its end is killed after 90 seconds, and what it wrote until then counts.
/// </summary>
/// <remarks>Whoever owns the reaper hands every exit to <see cref="OnChildExited"/>, which knows its own.</remarks>
internal sealed class Generators : IDisposable
{
    private const ulong TimeoutUsec = 90_000_000;
    private const string PidVariable = "SYSTEMD_EXEC_PID";

    private readonly EventLoop _loop;
    private readonly Spawner _spawner;
    private readonly UnitSearchPath _search;
    private readonly IUnitFileSystem _files;
    private readonly IEngineLog _log;
    private readonly GeneratorDirectories _outputs;
    private readonly TimerSource _timeout;
    private readonly Dictionary<int, (string Name, ProcessHandle Process)> _running = [];
    private int _left;
    private Action? _done;

    public Generators(EventLoop loop, Spawner spawner, UnitSearchPath search, IUnitFileSystem files, IEngineLog log)
    {
        _loop = loop;
        _spawner = spawner;
        _search = search;
        _files = files;
        _log = log;
        _outputs = new GeneratorDirectories(search);
        _timeout = loop.At(Clock.Monotonic, TimerSource.Never, OnTimeout);
    }

    /// <summary>The manager's own part of the environment block.</summary>
    public Func<IReadOnlyList<string>> ManagerEnvironment { get; init; } = static () => [];

    /// <summary>$SYSTEMD_GENERATOR_PATH is looked for here.</summary>
    public IReadOnlyDictionary<string, string> OwnEnvironment { get; init; } = EnvironmentBlock.Own();

    /// <summary>Those that are a part of this binary.</summary>
    public IReadOnlyList<OwnGenerator> Own { get; init; } = [];

    /// <summary>Null where nobody knows.</summary>
    public bool? FirstBoot { get; init; }

    /// <summary>Whether names that no file provides get built-in units.</summary>
    public bool WithBuiltInUnits { get; init; } = true;

    public bool IsRunning => _done is not null;

    /// <summary>Runs them before the manager does anything else, and returns when all have ended.</summary>
    public void Run()
    {
        var finished = false;
        RunAsync(() => finished = true);
        while (!finished && !_loop.IsExiting)
        {
            _loop.RunOnce();
        }
    }

    /// <summary>As a part of daemon-reload. The callback comes on the loop, or at once where there is nothing to run.</summary>
    public void RunAsync(Action done)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException("the generators are running");
        }

        _done = done;
        var programs = GeneratorFinder.Find(GeneratorFinder.Directories(_search.Scope, OwnEnvironment), Own, _files);
        if (_outputs.Paths is not { } paths)
        {
            Finish();
            return;
        }

        var error = _outputs.MakeFresh();
        if (error != Errno.None)
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to create generator directories: {ErrnoNames.Message(error)}");
            programs.Clear();
        }

        // Counted up before the first can end, so that the end of one is not taken for the end of all.
        _left = programs.Count + 1;
        _timeout.Rearm(_loop.Now(Clock.Monotonic) + TimeoutUsec);
        var environment = GeneratorEnvironment.Make(_search.Scope, ManagerEnvironment(), FirstBoot);
        foreach (var program in programs)
        {
            _spawner.Spawn(Compile(program, paths, environment), result => OnSpawned(program.Name, result));
        }

        CountDown();
    }

    /// <summary>True when it was a generator that ended.</summary>
    public bool OnChildExited(ChildExit exit)
    {
        if (!_running.Remove(exit.Pid, out var entry))
        {
            return false;
        }

        entry.Process.Dispose();
        if (!exit.IsSuccess)
        {
            var how = exit.Code == ChildExitCode.Exited ? $"failed with exit status {exit.Status}" : $"was killed by {SignalNames.Long(exit.Status)}";
            _log.Write(LogLevel.Error, unit: null, $"{entry.Name} {how}, ignoring.");
        }

        CountDown();
        return true;
    }

    public void Dispose()
    {
        _timeout.Dispose();
        foreach (var (_, process) in _running.Values)
        {
            process.Dispose();
        }
    }

    private static SpawnProgram Compile(GeneratorProgram generator, (string Normal, string Early, string Late) outputs, List<string> environment)
    {
        var program = new SpawnProgram();
        program.ResetSignals();
        program.SignalMask(default);
        program.Umask(0x12); // 0022
        program.Place(SpawnStep.Stdin, program.Open(SpawnStep.Stdin, "/dev/null", OpenFlags.ReadOnly), 0);
        var variable = program.VariableWithPid(PidVariable);
        program.Execute([generator.File], [.. generator.Arguments, outputs.Normal, outputs.Early, outputs.Late], [variable, .. environment.Select(program.Text)]);
        return program;
    }

    private void OnSpawned(string name, SpawnResult result)
    {
        if (!result.Ok)
        {
            _log.Write(LogLevel.Error, unit: null, $"Failed to execute {name}: {ErrnoNames.Message(result.Error)}");
        }

        if (result.Pid > 0)
        {
            // One that failed to execute exits too, and is counted then.
            _running.Add(result.Pid, (name, new ProcessHandle(result.Pid, result.PidFd)));
            return;
        }

        CountDown();
    }

    private void OnTimeout()
    {
        foreach (var (name, process) in _running.Values)
        {
            _log.Write(LogLevel.Error, unit: null, $"{name} takes too long, killing it.");
            process.Signal(Signo.SIGKILL, out _);
        }
    }

    private void CountDown()
    {
        if (--_left == 0)
        {
            Finish();
        }
    }

    private void Finish()
    {
        _timeout.Disarm();
        if (WithBuiltInUnits)
        {
            BuiltInUnits.Write(_search, _files, _log);
        }

        _outputs.RemoveEmpty();
        var done = _done!;
        _done = null;
        done();
    }
}
