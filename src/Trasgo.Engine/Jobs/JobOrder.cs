namespace Trasgo.Engine.Jobs;

/// <summary>
/// Which of two jobs runs first, given that their units are ordered. With b ordered after a:
/// two starts run a, b; a stop of b runs before whatever a does; a stop of a runs before a start of b.
/// A restart counts as a stop, since it turns into a start only once it has stopped.
/// </summary>
internal static class JobOrder
{
    /// <summary>Below 0: a first; above 0: b first; 0: independent. The dependency says a is before b.</summary>
    public static int CompareBefore(JobType a, JobType b)
    {
        if (a == JobType.Nop || b == JobType.Nop)
            return 0;
        return b is JobType.Stop or JobType.Restart ? 1 : -1;
    }

    /// <summary>The same where the dependency says a is after b.</summary>
    public static int CompareAfter(JobType a, JobType b) => -CompareBefore(b, a);

    public static int CompareBefore(Job a, Job b) =>
        a.IgnoreOrder || b.IgnoreOrder ? 0 : CompareBefore(a.Type, b.Type);

    public static int CompareAfter(Job a, Job b) =>
        a.IgnoreOrder || b.IgnoreOrder ? 0 : CompareAfter(a.Type, b.Type);

    /// <summary>Whether no job is left that has to finish before this one may run.</summary>
    public static bool IsRunnable(Job job, out IJobUnit? waitingFor)
    {
        waitingFor = null;
        if (job.IgnoreOrder || job.Type == JobType.Nop)
            return true;

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.After))
        {
            if (other.Job is { } first && CompareAfter(job, first) > 0)
            {
                waitingFor = other;
                return false;
            }
        }

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.Before))
        {
            if (other.Job is { } first && CompareBefore(job, first) > 0)
            {
                waitingFor = other;
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether another job has to wait for this one.</summary>
    public static bool IsBlocking(Job job)
    {
        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.Before))
        {
            if (other.Job is { } later && CompareBefore(job, later) < 0)
                return true;
        }

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.After))
        {
            if (other.Job is { } later && CompareAfter(job, later) < 0)
                return true;
        }

        return false;
    }

    /// <summary>The jobs this one waits for, by number.</summary>
    public static List<Job> JobsBefore(Job job)
    {
        var found = new List<Job>();
        if (job.IgnoreOrder)
            return found;

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.After))
        {
            if (other.Job is { } first && CompareAfter(job, first) > 0)
                found.Add(first);
        }

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.Before))
        {
            if (other.Job is { } first && CompareBefore(job, first) > 0)
                found.Add(first);
        }

        return SortDistinct(found);
    }

    /// <summary>The jobs that wait for this one, by number.</summary>
    public static List<Job> JobsAfter(Job job)
    {
        var found = new List<Job>();
        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.Before))
        {
            if (other.Job is { } later && CompareBefore(job, later) < 0)
                found.Add(later);
        }

        foreach (var other in job.Unit.Dependencies(UnitDependencyAtom.After))
        {
            if (other.Job is { } later && CompareAfter(job, later) < 0)
                found.Add(later);
        }

        return SortDistinct(found);
    }

    private static List<Job> SortDistinct(List<Job> jobs)
    {
        jobs.Sort(static (a, b) => a.Id.CompareTo(b.Id));
        for (var i = jobs.Count - 1; i > 0; i--)
        {
            if (jobs[i] == jobs[i - 1])
                jobs.RemoveAt(i);
        }

        return jobs;
    }
}
