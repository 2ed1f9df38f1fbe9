using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// First phase: adds a job and, along the dependencies, every job it pulls in. The walk is depth first with a
/// stack of its own, since a chain of dependencies may be as long as there are units. A refusal travels back
/// up that stack to the first job that can do without; what was added on the way stays, as it does in systemd,
/// and the later phases drop what nothing needs.
/// </summary>
internal sealed class PullIn(Transaction transaction, IJobGraph graph)
{
    private static readonly PullInRule s_forAnchor =
        new(UnitDependencyAtom.None, JobType.Stop, true, false, RefusalEffect.Refuse);

    private readonly Stack<Frame> _path = [];

    /// <summary>Adds the job asked for. Without requirements it comes alone.</summary>
    public JobRefusal? AddAnchor(JobType type, IJobUnit unit, bool ignoreRequirements, bool ignoreOrder) =>
        Walk(Enter(type, unit, null, null, ignoreRequirements, ignoreOrder));

    /// <summary>Adds a job the anchor needs and all it pulls in itself.</summary>
    public JobRefusal? AddForAnchor(JobType type, IJobUnit unit) =>
        Walk(Enter(type, unit, transaction.Anchor, s_forAnchor, ignoreRequirements: false, ignoreOrder: false));

    /// <summary>Adds the reloads a unit that has reloaded already passes on. Refusals are only logged.</summary>
    public void AddReloadPropagation(PlannedJob anchor, bool ignoreOrder)
    {
        _path.Push(new Frame(anchor, PullInRule.ReloadPropagation, JobType.Reload, ignoreOrder));
        Walk(null);
    }

    /// <summary>Goes on until the stack is empty; a refusal is handed to the frame below.</summary>
    private JobRefusal? Walk(JobRefusal? refusal)
    {
        while (_path.TryPop(out var frame))
        {
            if (refusal is not null && !Tolerates(frame, refusal))
                continue;

            if (!frame.MoveNext(out var type, out var other))
            {
                refusal = null;
                continue;
            }

            _path.Push(frame);
            refusal = Enter(type, other, frame.Job, frame.Rule, ignoreRequirements: false, frame.IgnoreOrder);
        }

        return refusal;
    }

    private bool Tolerates(in Frame frame, JobRefusal refusal)
    {
        if (frame.Rule.OnRefusal == RefusalEffect.Refuse)
            return refusal.ErrorName == JobErrors.JobTypeNotApplicable;

        var expected = frame.Rule.Atom == UnitDependencyAtom.None
            ? refusal.ErrorName == JobErrors.UnitMasked
            : frame.Rule.OnRefusal == RefusalEffect.Ignore && refusal.IsExpectedOfDependency;
        var level = !expected ? JobMessageLevel.Warning
            : frame.Rule.Atom == UnitDependencyAtom.None ? JobMessageLevel.Info
            : JobMessageLevel.Debug;
        var what = frame.Rule.Atom == UnitDependencyAtom.PropagatesReloadTo ? "dependency reload job" : "dependency job";
        transaction.Messages.Add(new(level, frame.Other, $"Cannot add {what}, ignoring: {refusal.Message}"));
        return true;
    }

    /// <summary>Adds one job and, if it is new, puts what it pulls in on the stack.</summary>
    private JobRefusal? Enter(
        JobType type, IJobUnit unit, PlannedJob? by, PullInRule? rule, bool ignoreRequirements, bool ignoreOrder)
    {
        if (Check(type, unit) is { } refusal)
            return refusal;

        // A unit that reloaded by itself is the anchor of its propagation; a ring that leads back ends there.
        if (transaction.Anchor is { Type: JobType.Nop } anchor && anchor.Unit == unit)
            return null;

        var job = transaction.Add(type, unit, out var isNew);
        job.IgnoreOrder |= ignoreOrder;
        by?.Need(job, rule!.Matters, rule.Conflicts);
        if (isNew && !ignoreRequirements)
            _path.Push(new Frame(job, PullInRule.For(type), type, ignoreOrder));
        return null;
    }

    private JobRefusal? Check(JobType type, IJobUnit unit)
    {
        if (!unit.LoadState.IsLoadComplete())
            return new JobRefusal(JobErrors.LoadFailed, $"Unit {unit.Id} is not loaded properly.");

        // A unit whose file has gone can still be stopped.
        if (type != JobType.Stop && JobRefusal.OfLoadState(unit) is not null)
        {
            graph.RetryLoad(unit);
            if (JobRefusal.OfLoadState(unit) is { } refusal)
                return refusal;
        }

        return unit.IsJobApplicable(type)
            ? null
            : new JobRefusal(
                JobErrors.JobTypeNotApplicable, $"Job type {type.Name()} is not applicable for unit {unit.Id}.");
    }

    /// <summary>A job whose dependencies are being followed, and how far that has got.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Frame(PlannedJob job, PullInRule[] rules, JobType type, bool ignoreOrder)
    {
        private int _rule;
        private ulong _cursor;

        public readonly PlannedJob Job => job;

        public readonly bool IgnoreOrder => ignoreOrder;

        public readonly PullInRule Rule => rules[_rule];

        /// <summary>The dependency last reached.</summary>
        public IJobUnit? Other { get; private set; }

        public bool MoveNext(out JobType otherType, out IJobUnit other)
        {
            for (; _rule < rules.Length; _rule++, _cursor = 0)
            {
                while (Step(rules[_rule], out other))
                {
                    Other = other;
                    otherType = rules[_rule].Atom == UnitDependencyAtom.None
                        ? type
                        : JobAlgebra.Collapse(rules[_rule].Type, other.ActiveState);
                    if (otherType != JobType.Nop)
                        return true;
                }
            }

            otherType = JobType.Nop;
            other = job.Unit;
            return false;
        }

        private bool Step(PullInRule rule, out IJobUnit other)
        {
            if (rule.Atom != UnitDependencyAtom.None)
            {
                var found = job.Unit.NextDependency(rule.Atom, ref _cursor, out var next);
                other = next ?? job.Unit;
                return found;
            }

            var following = job.Unit.FollowingSet;
            var index = (int)_cursor++;
            other = index < following.Length ? following[index] : job.Unit;
            return index < following.Length;
        }
    }
}
