namespace Trasgo.Engine.Jobs;

/// <summary>
/// Jobs to be looked at, by <see cref="RunPriority"/>, then name. The priority is taken when a job is put in; a
/// job that leaves early stays behind in the heap and is passed over.
/// </summary>
internal sealed class RunQueue
{
    private static readonly Comparer<(RunPriority Priority, string Id)> s_order =
        Comparer<(RunPriority Priority, string Id)>.Create(Compare);

    private readonly PriorityQueue<Job, (RunPriority Priority, string Id)> _heap = new(s_order);

    /// <summary>False if it is in already.</summary>
    public bool Add(Job job)
    {
        if (job.InRunQueue)
            return false;
        job.InRunQueue = true;
        _heap.Enqueue(job, (job.Unit.RunPriority, job.Unit.Id));
        return true;
    }

    public Job? Take()
    {
        while (_heap.TryDequeue(out var job, out _))
        {
            if (!job.InRunQueue)
                continue;
            job.InRunQueue = false;
            return job;
        }

        return null;
    }

    /// <summary>systemd's order: the later unit type first, then the greater CPU weight, then the lower nice level.</summary>
    private static int Compare((RunPriority Priority, string Id) a, (RunPriority Priority, string Id) b)
    {
        var order = b.Priority.TypeRank.CompareTo(a.Priority.TypeRank);
        if (order == 0)
            order = b.Priority.CpuWeight.CompareTo(a.Priority.CpuWeight);
        if (order == 0)
            order = a.Priority.Nice.CompareTo(b.Priority.Nice);
        return order != 0 ? order : string.CompareOrdinal(a.Id, b.Id);
    }
}
