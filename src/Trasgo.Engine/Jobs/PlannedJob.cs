namespace Trasgo.Engine.Jobs;

/// <summary>
/// A job of a transaction under construction. A unit may have several of different types there until they are
/// merged: they hang together by <see cref="Next"/>, newest first.
/// </summary>
internal sealed class PlannedJob(PlannedUnit owner, JobType type)
{
    public PlannedUnit Owner { get; } = owner;

    public IJobUnit Unit => Owner.Unit;

    public JobType Type { get; set; } = type;

    public bool Irreversible { get; set; }

    public bool IgnoreOrder { get; set; }

    /// <summary>The request itself needs this job, by a chain of links that all matter.</summary>
    public bool MattersToAnchor { get; set; }

    public bool IsDeleted { get; set; }

    public PlannedJob? Next { get; set; }

    /// <summary>Links to what this job needs.</summary>
    public JobLink? Needs { get; private set; }

    /// <summary>Links from the jobs that need this one.</summary>
    public JobLink? Needers { get; private set; }

    public void Need(PlannedJob other, bool matters, bool conflicts)
    {
        var link = new JobLink(this, other, matters, conflicts);
        AddNeed(link);
        other.AddNeeder(link);
    }

    /// <summary>Takes over all links of a job of the same unit.</summary>
    public void TakeLinks(PlannedJob other)
    {
        while (other.Needs is { } link)
        {
            other.RemoveNeed(link);
            link.Subject = this;
            AddNeed(link);
        }

        while (other.Needers is { } link)
        {
            other.RemoveNeeder(link);
            link.Object = this;
            AddNeeder(link);
        }
    }

    public static void Cut(JobLink link)
    {
        link.Subject.RemoveNeed(link);
        link.Object.RemoveNeeder(link);
    }

    private void AddNeed(JobLink link)
    {
        link.PreviousNeed = null;
        link.NextNeed = Needs;
        if (Needs is not null)
            Needs.PreviousNeed = link;
        Needs = link;
    }

    private void AddNeeder(JobLink link)
    {
        link.PreviousNeeder = null;
        link.NextNeeder = Needers;
        if (Needers is not null)
            Needers.PreviousNeeder = link;
        Needers = link;
    }

    private void RemoveNeed(JobLink link)
    {
        if (link.PreviousNeed is null)
            Needs = link.NextNeed;
        else
            link.PreviousNeed.NextNeed = link.NextNeed;
        if (link.NextNeed is not null)
            link.NextNeed.PreviousNeed = link.PreviousNeed;
    }

    private void RemoveNeeder(JobLink link)
    {
        if (link.PreviousNeeder is null)
            Needers = link.NextNeeder;
        else
            link.PreviousNeeder.NextNeeder = link.NextNeeder;
        if (link.NextNeeder is not null)
            link.NextNeeder.PreviousNeeder = link.PreviousNeeder;
    }
}
