using System.Diagnostics.CodeAnalysis;

namespace Trasgo.Linux;

/// <summary>
/// Runs spawn programs. Whoever makes a vfork child sleeps until the child executes, and an execve from a dead network file system may take for
/// ever, so it must not be the loop: there are two ways.
/// </summary>
/// <remarks>
/// Mostly the child runs on a stack of its own beside the loop, which goes on (<see cref="SpawnApart"/>); its PID is known at once, and a step that
/// fails is reported when the child ends. Where something has to be prepared that may take long, where the caller waits for the execution, and
/// where the kernel has no clone3, programs run one after another on a thread, the only one of the manager besides the loop's, and their results
/// say how the execution went.
/// </remarks>
internal sealed unsafe class Spawner : IDisposable
{
    private const int EventNonBlockCloseOnExec = 0x80800;

    private readonly Queue<Job> _waiting = new();
    private readonly Queue<Job> _finished = new();
    private readonly Queue<Job> _born = new();
    private readonly ApartChildren _apart = new();
    private readonly object _lock = new();
    private readonly Descriptor _wake = LastError.Owned(Libc.eventfd(0, EventNonBlockCloseOnExec)).OrThrow("eventfd");
    private readonly IoSource _completion;
    private readonly DeferSource _delivery;
    private readonly ChildReaper _reaper;
    private SpawnProgram? _running;
    private bool _stopping;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "The spawner's thread is the one exception, for the reason given above.")]
    public Spawner(EventLoop loop, ChildReaper reaper)
    {
        _reaper = reaper;
        _reaper.Spawner = this;
        _completion = loop.OnReadable(_wake, OnFinished, EventPriority.Spawned);
        _delivery = loop.DeferLater(OnBorn, EventPriority.Spawned);
        new Thread(Work, 256 * 1024) { IsBackground = true, Name = "spawner" }.Start();
    }

    /// <summary>Programs handed over whose result has not been delivered.</summary>
    public int InFlight { get; private set; }

    /// <summary>Takes the program over and runs it when its turn comes; the result is delivered in the order of the calls.</summary>
    public void Spawn(SpawnProgram program, Action<SpawnResult> done)
    {
        program.KeepLent();
        _ = program.Native;
        InFlight++;
        lock (_lock)
        {
            _waiting.Enqueue(new Job(program, done));
            Monitor.Pulse(_lock);
        }
    }

    /// <summary>
    /// As <see cref="Spawn"/>, but what is <paramref name="done"/> is only that there is a child; a step that fails later is told by
    /// <paramref name="failed"/>, before the child's exit.
    /// </summary>
    public void SpawnApart(SpawnProgram program, Action<SpawnResult> done, Action<SpawnResult> failed)
    {
        _apart.Sweep();
        if (!program.MayRunApart)
        {
            Spawn(program, done);
            return;
        }

        program.GiveStack();
        var status = SpawnNative.trasgo_spawn_apart(program.Native);
        if (status < 0)
        {
            // The other way has ways of its own around what is missing, or fails for the same reason.
            Spawn(program, done);
            return;
        }

        program.CloseDescriptors();
        InFlight++;
        _born.Enqueue(new Job(program, done) { Failed = failed, Status = status });
        _delivery.Schedule();
    }

    /// <summary>
    /// Lets go of the programs of children that have executed meanwhile. Each start does so, too; after the last of five hundred, those of as many as were on
    /// their way then are left.
    /// </summary>
    public void Sweep() => _apart.Sweep();

    /// <summary>Programs that are kept, since it was not seen yet that their children have executed.</summary>
    internal int Kept => _apart.Count;

    public void Dispose()
    {
        lock (_lock)
        {
            _stopping = true;
            Monitor.Pulse(_lock);
        }

        _completion.Dispose();
        _delivery.Dispose();
        _apart.Dispose();
    }

    /// <summary>Whether this PID belongs to a spawn whose result the loop has not seen yet.</summary>
    internal bool IsInFlight(int pid)
    {
        if (InFlight == 0)
        {
            return false;
        }

        foreach (var job in _born)
        {
            if (job.Status == pid)
            {
                return true;
            }
        }

        lock (_lock)
        {
            if (_running?.Pid == pid)
            {
                return true;
            }

            foreach (var job in _finished)
            {
                if (job.Program.Pid == pid)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The child is about to be reported.</summary>
    internal void OnExit(int pid) => _apart.OnExit(pid);

    private void Work()
    {
        while (Next() is { } job)
        {
            job.Program.Prepare();
            job.Status = SpawnNative.trasgo_spawn(job.Program.Native);
            lock (_lock)
            {
                _running = null;
                _finished.Enqueue(job);
            }

            ulong one = 1;
            _ = Libc.write(_wake.Raw, &one, sizeof(ulong));
        }
    }

    private Job? Next()
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && !_stopping)
            {
                Monitor.Wait(_lock);
            }

            if (_stopping)
            {
                return null;
            }

            var job = _waiting.Dequeue();
            _running = job.Program;
            return job;
        }
    }

    private void OnFinished()
    {
        ulong count;
        _ = Libc.read(_wake.Raw, &count, sizeof(ulong));
        while (TakeFinished() is { } job)
        {
            InFlight--;
            using (job.Program)
            {
                var result = ResultOf(job);
                if (result.Pid > 0)
                {
                    _reaper.Adopt(result.Pid, result.PidFd);
                }

                job.Done(result);
            }
        }

        _reaper.Check();
    }

    private void OnBorn()
    {
        while (_born.TryDequeue(out var job))
        {
            InFlight--;
            var native = job.Program.Native;
            var pidFd = native->PidFd >= 0 ? Descriptor.Adopt(native->PidFd) : null;
            _apart.Add(job.Status, job.Program, job.Failed!);
            _reaper.Adopt(job.Status, pidFd);
            job.Done(new SpawnResult(job.Status, pidFd, SpawnStep.None, Errno.None, string.Empty));
        }

        _reaper.Check();
    }

    private static SpawnResult ResultOf(Job job)
    {
        var native = job.Program.Native;
        if (job.Status <= 0)
        {
            return new SpawnResult(0, null, SpawnStep.Fork, (Errno)(-job.Status), "clone");
        }

        var pidFd = native->PidFd >= 0 ? Descriptor.Adopt(native->PidFd) : null;
        var note = native->FailedStep != 0 ? job.Program.Note(native->FailedOperation) : string.Empty;
        return new SpawnResult(job.Status, pidFd, (SpawnStep)native->FailedStep, (Errno)native->Error, note);
    }

    private Job? TakeFinished()
    {
        lock (_lock)
        {
            return _finished.TryDequeue(out var job) ? job : null;
        }
    }

    private sealed class Job(SpawnProgram program, Action<SpawnResult> done)
    {
        public SpawnProgram Program { get; } = program;

        public Action<SpawnResult> Done { get; } = done;

        public Action<SpawnResult>? Failed { get; init; }

        public int Status { get; set; }
    }
}
