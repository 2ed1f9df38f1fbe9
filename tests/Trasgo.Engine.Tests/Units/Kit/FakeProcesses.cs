using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.Tests.Units;

/// <summary>All processes of a <see cref="UnitWorld"/>: what the kernel, the control groups and SIGCHLD are to the manager.</summary>
internal sealed class FakeProcesses : IProcessTracker, IProcessTable
{
    private readonly EventLoop _loop;
    private readonly List<FakeProcess> _all = [];
    private readonly HashSet<Unit> _watchedEmpty = [];
    private readonly Queue<(FakeProcess Process, int Code, int Status)> _ended = [];
    private readonly DeferSource _deliver;
    private int _nextPid = 100_001;

    public FakeProcesses(EventLoop loop)
    {
        _loop = loop;
        _deliver = loop.DeferLater(Deliver, EventPriority.Children);
    }

    public Func<UnitTable> Units { get; set; } = null!;

    /// <summary>Whether it is known that a unit has no process left, as with control groups.</summary>
    public bool KnowsEmptiness { get; set; } = true;

    /// <summary>What the next process will be.</summary>
    public int NextPid => _nextPid;

    public List<string> Released { get; } = [];

    /// <summary>Off for a manager that may not take processes from where they are.</summary>
    public bool MayAttach { get; set; } = true;

    public string Root => "";

    public IEnumerable<FakeProcess> All => _all;

    public FakeProcess Add(Unit unit, string command, int parent, ExecRequest? request = null)
    {
        var process = new FakeProcess(this, _nextPid++, unit, command, parent) { Request = request };
        _all.Add(process);
        return process;
    }

    /// <summary>Ends the process; its parent hears of it in the next round of the loop.</summary>
    public void End(FakeProcess process, int code, int status)
    {
        if (!process.IsAlive)
        {
            return;
        }

        process.IsAlive = false;
        _ended.Enqueue((process, code, status));
        _deliver.Schedule();
    }

    /// <summary>The same processes, seen by another manager; what the one before has not been told of is told to this one.</summary>
    public void TakeOver(FakeProcesses before)
    {
        _nextPid = before._nextPid;
        KnowsEmptiness = before.KnowsEmptiness;
        foreach (var process in before._all)
        {
            process.Kernel = this;
            _all.Add(process);
        }

        while (before._ended.TryDequeue(out var ended))
        {
            _ended.Enqueue(ended);
        }

        _deliver.Schedule();
    }

    public string? Realize(Unit unit) => null;

    public Errno Attach(Unit unit, int pid, string subgroup)
    {
        if (Find(pid) is not { IsAlive: true } process)
        {
            return Errno.ESRCH;
        }

        if (!MayAttach)
        {
            return Errno.EACCES;
        }

        process.Unit = unit;
        return Errno.None;
    }

    public string ControlGroupOf(Unit unit) => "/" + unit.Id;

    public string? ControlGroupOfProcess(int pid) => Find(pid) is { } process ? ControlGroupOf(process.Unit) : null;

    public bool? IsEmpty(Unit unit) => KnowsEmptiness ? !Living(unit).Any() : Living(unit).Any() ? false : null;

    public IReadOnlyList<int> ProcessesOf(Unit unit) => [.. Living(unit).Select(static process => process.Pid)];

    public bool Holds(Unit unit, int pid) => ReferenceEquals(Find(pid)?.Unit, unit);

    public Unit? OwnerOf(int pid) => Find(pid)?.Unit;

    public int Kill(Unit unit, int signo, bool thenContinue, ReadOnlySpan<int> except, Action<int>? reached)
    {
        var count = 0;
        foreach (var process in Living(unit).ToArray())
        {
            if (except.Contains(process.Pid))
            {
                continue;
            }

            reached?.Invoke(process.Pid);
            process.Signal(signo, out _);
            if (thenContinue && signo != Signo.SIGKILL)
            {
                process.Signal(Signo.SIGCONT, out _);
            }

            count++;
        }

        return count;
    }

    public List<Unit> Thawed { get; } = [];

    public void Thaw(Unit unit) => Thawed.Add(unit);

    public void WatchEmpty(Unit unit)
    {
        _watchedEmpty.Add(unit);
        _deliver.Schedule();
    }

    public void Release(Unit unit, bool keepCounts)
    {
        if (!Living(unit).Any())
        {
            _watchedEmpty.Remove(unit);
            Released.Add(unit.Id);
        }
    }

    public string Comm(int pid) => Find(pid) is { } process ? Path.GetFileName(process.Command.Split(' ')[0]) : "n/a";

    public int? ParentPid(int pid) => Find(pid)?.Parent;

    public bool IsRunning(int pid) => Find(pid) is { IsAlive: true };

    public IProcessHandle? Open(int pid, out Errno error)
    {
        var process = Find(pid);
        error = process is { IsAlive: true } ? Errno.None : Errno.ESRCH;
        return process is { IsAlive: true } ? process : null;
    }

    private IEnumerable<FakeProcess> Living(Unit unit) => _all.Where(process => process.IsAlive && ReferenceEquals(process.Unit, unit));

    private FakeProcess? Find(int pid) => _all.Find(process => process.Pid == pid);

    private void Deliver()
    {
        while (_ended.TryDequeue(out var ended))
        {
            foreach (var child in _all.Where(child => child.Parent == ended.Process.Pid))
            {
                child.Parent = Environment.ProcessId;
            }

            if (ended.Process.Parent == Environment.ProcessId)
            {
                Units().TellExit(ended.Process.Pid, ended.Code, ended.Status);
            }

            ended.Process.IsReaped = true;
            _all.Remove(ended.Process);
        }

        foreach (var unit in _watchedEmpty.ToArray())
        {
            if (!Living(unit).Any() && _watchedEmpty.Remove(unit))
            {
                _loop.Defer(unit.OnProcessesGone, EventPriority.CgroupEmpty);
            }
        }
    }
}
