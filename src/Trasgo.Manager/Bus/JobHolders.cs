using Trasgo.Bus.Objects;
using Trasgo.Bus.Remote;
using Trasgo.Engine.Jobs;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Which clients wait for which jobs. A job of a unit that can be collected lives on while somebody waits for it
/// (<see cref="Job.HeldByClient"/>), and no longer.
/// </summary>
internal sealed class JobHolders(Func<JobTable> jobs)
{
    private readonly Dictionary<Job, HashSet<ICaller>> _holders = [];

    public void Hold(Job job, ICaller caller)
    {
        job.HeldByClient = true;
        if (!_holders.TryGetValue(job, out var callers))
        {
            _holders.Add(job, callers = []);
        }

        callers.Add(caller);
    }

    public bool IsHeldBy(Job job, ICaller caller) => _holders.TryGetValue(job, out var callers) && callers.Contains(caller);

    public IEnumerable<Job> HeldBy(ICaller caller)
    {
        foreach (var (job, callers) in _holders)
        {
            if (callers.Contains(caller))
            {
                yield return job;
            }
        }
    }

    public bool HasJobsOf(ICaller caller)
    {
        foreach (var callers in _holders.Values)
        {
            if (callers.Contains(caller))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether somebody behind a message bus waits for the job.</summary>
    public bool AreRemote(Job job)
    {
        if (_holders.TryGetValue(job, out var callers))
        {
            foreach (var caller in callers)
            {
                if (caller is RemoteCaller)
                {
                    return true;
                }
            }
        }

        return false;
    }

    public void OnJobRemoved(Job job) => _holders.Remove(job);

    public void OnGone(ICaller caller)
    {
        foreach (var (job, callers) in _holders.ToArray())
        {
            if (callers.Remove(caller) && callers.Count == 0)
            {
                _holders.Remove(job);
                job.HeldByClient = false;
                jobs().AddToCollectQueue(job);
            }
        }
    }
}
