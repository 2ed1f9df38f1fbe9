namespace Trasgo.Linux;

/// <summary>
/// Children that were made while the loop goes on. Each may still be on its way to execve in memory that it shares with us, so its program is kept
/// until the kernel says that this is over, or until it has ended; then it is known whether a step of it failed.
/// </summary>
internal sealed class ApartChildren : IDisposable
{
    private readonly Dictionary<int, (SpawnProgram Program, Action<SpawnResult> Failed)> _children = [];
    private readonly List<int> _through = [];

    public int Count => _children.Count;

    public void Add(int pid, SpawnProgram program, Action<SpawnResult> failed) => _children[pid] = (program, failed);

    /// <summary>Lets go of the programs of those that have executed.</summary>
    public void Sweep()
    {
        foreach (var (pid, child) in _children)
        {
            if (!child.Program.IsRunning && child.Program.Outcome(pid).Ok)
            {
                _through.Add(pid);
            }
        }

        foreach (var pid in _through)
        {
            Remove(pid);
        }

        _through.Clear();
    }

    /// <summary>The child is a zombie: a step that failed is reported before its exit is.</summary>
    public void OnExit(int pid)
    {
        if (_children.TryGetValue(pid, out var child))
        {
            var outcome = child.Program.Outcome(pid);
            Remove(pid);
            if (!outcome.Ok)
            {
                child.Failed(outcome);
            }
        }
    }

    public void Dispose()
    {
        // What still runs in our memory keeps its program: at the manager's end that is no matter.
        Sweep();
        _children.Clear();
    }

    private void Remove(int pid)
    {
        if (_children.Remove(pid, out var child))
        {
            child.Program.Dispose();
        }
    }
}
