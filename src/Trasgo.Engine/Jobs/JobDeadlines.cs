namespace Trasgo.Engine.Jobs;

/// <summary>When installed jobs time out. Entries that a job has outdated are passed over, and swept now and then.</summary>
internal sealed class JobDeadlines
{
    private readonly PriorityQueue<Job, ulong> _heap = new();
    private int _live;

    /// <summary><see cref="ulong.MaxValue"/> if no job has a deadline.</summary>
    public ulong Earliest
    {
        get
        {
            DropOutdated();
            return _heap.TryPeek(out _, out var deadline) ? deadline : ulong.MaxValue;
        }
    }

    public void Set(Job job, ulong deadline)
    {
        if (job.DeadlineUsec != ulong.MaxValue)
            _live--;
        job.DeadlineUsec = deadline;
        if (deadline == ulong.MaxValue)
            return;

        _live++;
        _heap.Enqueue(job, deadline);
        if (_heap.Count > (2 * _live) + 64)
            Sweep();
    }

    public Job? TakeDue(ulong now)
    {
        DropOutdated();
        if (!_heap.TryPeek(out var job, out var deadline) || deadline > now)
            return null;
        Set(job, ulong.MaxValue);
        return job;
    }

    private static bool IsCurrent(Job job, ulong deadline) => job.DeadlineUsec == deadline;

    private void DropOutdated()
    {
        while (_heap.TryPeek(out var job, out var deadline) && !IsCurrent(job, deadline))
            _heap.Dequeue();
    }

    private void Sweep()
    {
        var current = new List<(Job, ulong)>(_live);
        foreach (var (job, deadline) in _heap.UnorderedItems)
        {
            if (IsCurrent(job, deadline))
                current.Add((job, deadline));
        }

        _heap.Clear();
        _heap.EnqueueRange(current);
    }
}
