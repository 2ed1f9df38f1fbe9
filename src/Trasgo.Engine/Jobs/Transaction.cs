namespace Trasgo.Engine.Jobs;

/// <summary>
/// The jobs a request comes to, while the phases work on them: <see cref="PullIn"/> fills it, the others drop
/// and merge jobs until it either can be applied or has to be refused. Units keep the order in which they were
/// pulled in, so the same request on the same graph always plans the same transaction.
/// </summary>
internal sealed class Transaction(bool irreversible)
{
    private readonly Dictionary<IJobUnit, PlannedUnit> _byUnit = new(ReferenceEqualityComparer.Instance);
    private readonly List<PlannedUnit> _units = [];
    private readonly Stack<PlannedJob> _unneeded = [];
    private readonly Stack<PlannedJob> _doomed = [];

    /// <summary>The job that was asked for. Set by the first job added; no phase drops it.</summary>
    public PlannedJob? Anchor { get; private set; }

    /// <summary>In the order of arrival; units without jobs left stay in the list.</summary>
    public IReadOnlyList<PlannedUnit> Units => _units;

    public List<JobMessage> Messages { get; } = [];

    public List<OrderingCycle> Cycles { get; } = [];

    /// <summary>
    /// Whether a unit that lost its foremost job still has another job, here or installed, so that what was
    /// found out about its place in the order is void. Whoever cares clears it first.
    /// </summary>
    public bool OrderChanged { get; set; }

    /// <summary>Whether a unit had several jobs, so that its type may be another than its foremost had.</summary>
    public bool HasMerged { get; set; }

    public PlannedJob? JobsOf(IJobUnit unit) => _byUnit.GetValueOrDefault(unit)?.Jobs;

    public PlannedJob Add(JobType type, IJobUnit unit, out bool isNew)
    {
        if (!_byUnit.TryGetValue(unit, out var owner))
        {
            owner = new PlannedUnit(unit);
            _byUnit.Add(unit, owner);
            _units.Add(owner);
        }

        for (var old = owner.Jobs; old is not null; old = old.Next)
        {
            if (old.Type == type)
            {
                isNew = false;
                return old;
            }
        }

        var job = new PlannedJob(owner, type) { Irreversible = irreversible, Next = owner.Jobs };
        owner.Jobs = job;
        Anchor ??= job;
        isNew = true;
        return job;
    }

    /// <summary>Deletes a job and, if asked to, all jobs that make no sense without it.</summary>
    public void Delete(PlannedJob job, bool withDependents)
    {
        _doomed.Push(job);
        while (_doomed.TryPop(out var next))
        {
            if (next.IsDeleted)
                continue;

            Unhook(next);
            while (next.Needs is { } link)
            {
                PlannedJob.Cut(link);
                if (link.Object.Needers is null)
                    _unneeded.Push(link.Object);
            }

            while (next.Needers is { } link)
            {
                PlannedJob.Cut(link);
                if (link.Matters && withDependents)
                    _doomed.Push(link.Subject);
            }
        }
    }

    /// <summary>Deletes all jobs of a unit, and what makes no sense without them.</summary>
    public void DeleteUnit(PlannedUnit unit)
    {
        while (unit.Jobs is { } job)
            Delete(job, withDependents: true);
    }

    /// <summary>
    /// Deletes jobs that no other job needs any more. A ring of jobs that need one another stays, as it does
    /// in systemd.
    /// </summary>
    public void CollectGarbage()
    {
        while (_unneeded.TryPop(out var job))
        {
            if (!job.IsDeleted && job.Needers is null && job != Anchor)
                Delete(job, withDependents: true);
        }
    }

    /// <summary>Leaves the unit with one job, of the given type: the anchor if it is among them.</summary>
    public void Merge(PlannedUnit unit, JobType type)
    {
        if (unit.Jobs is not { } kept)
            return;

        while (kept.Next is { } other)
        {
            if (other == Anchor)
                (kept, other) = (other, kept);
            kept.Irreversible |= other.Irreversible;
            kept.MattersToAnchor |= other.MattersToAnchor;
            kept.TakeLinks(other);
            Unhook(other);
        }

        kept.Type = type;
    }

    private void Unhook(PlannedJob job)
    {
        job.IsDeleted = true;
        var owner = job.Owner;
        if (owner.Jobs == job)
        {
            owner.Jobs = job.Next;
            OrderChanged |= owner.Jobs is not null || owner.Unit.Job is not null;
        }
        else
        {
            var previous = owner.Jobs!;
            while (previous.Next != job)
                previous = previous.Next!;
            previous.Next = job.Next;
        }

        job.Next = null;
    }
}
