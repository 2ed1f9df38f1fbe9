using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// Remembers of units that are up that their start would come to nothing. A start of basic.target reaches some fifty units, and every service pulls it
/// in; an instance for each of a thousand connections a second would walk there each time, only to have all those jobs dropped again.
/// </summary>
/// <remarks>
/// <para>They are dropped because the job of a unit that is up is redundant, and what only such jobs need falls to the garbage collection - the start
/// of a wanted unit that is down, too, unless it is in a ring of such starts (<see cref="DropRedundant"/>, <see cref="Transaction.CollectGarbage"/>).
/// Where anything else is met, a refusal that counts, a stop of something that is up, a job, nothing is remembered.</para>
/// <para>Nobody has to say when something changes. Of each unit that the walk has met it is remembered how it was and which dependencies it had, and
/// both are compared before what is remembered is believed; that takes a few nanoseconds a unit.</para>
/// </remarks>
internal sealed class SettledClosures
{
    /// <summary>Those asked for are the targets and slices that services are in; with more of them all are found anew.</summary>
    private const int Most = 64;

    private readonly Dictionary<IJobUnit, Member[]> _closures = new(ReferenceEqualityComparer.Instance);
    private readonly ClosureWalk _walk = new();

    private enum Fate
    {
        Unsettled,
        Redundant,
        Collected,
        Refused,
    }

    /// <summary>Whether a start of the unit comes to one job: that of the unit itself.</summary>
    public bool StartsAlone(IJobUnit unit)
    {
        if (!unit.FollowingSet.IsEmpty)
            return false;

        foreach (var rule in PullInRule.For(JobType.Start))
        {
            if (rule.Atom == UnitDependencyAtom.None)
                continue;
            foreach (var other in unit.Dependencies(rule.Atom))
            {
                if (other == unit || new Member(other, rule).Fate != Fate.Redundant)
                    return false;
                if (rule.Type != JobType.VerifyActive && !IsSettled(other, rule, unit))
                    return false;
            }
        }

        return true;
    }

    private bool IsSettled(IJobUnit unit, PullInRule rule, IJobUnit anchor)
    {
        if (_closures.TryGetValue(unit, out var known) && known[0].Rule.Type == rule.Type && Holds(known, anchor))
            return true;

        _closures.Remove(unit);
        if (_walk.Find(new Member(unit, rule), anchor) is not { } found)
            return false;

        if (_closures.Count >= Most)
            _closures.Clear();
        _closures.Add(unit, found);
        return true;
    }

    private static bool Holds(Member[] closure, IJobUnit anchor)
    {
        foreach (ref readonly var member in closure.AsSpan())
        {
            if (member.Unit == anchor || !member.IsAsItWas)
                return false;
        }

        return true;
    }

    /// <summary>A unit that would get a job, what would become of that, and its dependencies as they were when they were followed.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Member
    {
        private readonly UnitStanding _standing;
        private readonly uint _version;

        public Member(IJobUnit unit, PullInRule rule)
        {
            (Unit, Rule) = (unit, rule);
            _standing = unit.Standing;
            _version = VersionNow;
            Fate = FateOf(_standing);
        }

        public IJobUnit Unit { get; }

        public PullInRule Rule { get; }

        public Fate Fate { get; }

        public bool IsAsItWas => _standing == Unit.Standing && _version == VersionNow;

        private uint VersionNow => Rule.Type == JobType.Stop ? Unit.StopVersion : Unit.StartVersion;

        private Fate FateOf(in UnitStanding standing)
        {
            if (standing.HasJob || standing.IsFollowed || !Unit.IsJobApplicable(Rule.Type) || !standing.LoadState.IsLoadComplete())
                return Fate.Unsettled;

            // What cannot be loaded can be stopped.
            if (Rule.Type != JobType.Stop && JobRefusal.OfLoadState(Unit) is { } refusal)
                return Rule.OnRefusal == RefusalEffect.Ignore && refusal.IsExpectedOfDependency ? Fate.Refused : Fate.Unsettled;

            return JobAlgebra.IsRedundant(Rule.Type, standing.ActiveState) ? Fate.Redundant
                : Rule.Type == JobType.Start ? Fate.Collected
                : Fate.Unsettled;
        }
    }

    /// <summary>Follows the dependencies from one unit to all that its start reaches.</summary>
    private sealed class ClosureWalk
    {
        private readonly HashSet<(IJobUnit, PullInRule)> _seen = [];
        private readonly List<Member> _found = [];
        private readonly Dictionary<IJobUnit, int> _needed = new(ReferenceEqualityComparer.Instance);
        private readonly Stack<IJobUnit> _free = [];

        /// <summary>Null if something of it would stay.</summary>
        public Member[]? Find(in Member first, IJobUnit anchor)
        {
            _seen.Clear();
            _found.Clear();
            _seen.Add((first.Unit, first.Rule));
            _found.Add(first);
            for (var i = 0; i < _found.Count; i++)
            {
                var member = _found[i];
                if (member.Unit == anchor || member.Fate == Fate.Unsettled)
                    return null;

                foreach (var rule in member.Fate == Fate.Refused ? [] : PullInRule.For(member.Rule.Type))
                {
                    if (rule.Atom == UnitDependencyAtom.None)
                        continue;
                    foreach (var other in member.Unit.Dependencies(rule.Atom))
                    {
                        if (_seen.Add((other, rule)))
                            _found.Add(new Member(other, rule));
                    }
                }
            }

            return HasRing() ? null : [.. _found];
        }

        /// <summary>Whether starts that only the garbage collection can drop need one another in a ring, which keeps them.</summary>
        private bool HasRing()
        {
            _needed.Clear();
            foreach (var member in _found)
            {
                if (member.Fate == Fate.Collected)
                    _needed[member.Unit] = 0;
            }

            foreach (var unit in _needed.Keys)
                Count(unit, 1);
            foreach (var (unit, needers) in _needed)
            {
                if (needers == 0)
                    _free.Push(unit);
            }

            var left = _needed.Count;
            for (; _free.TryPop(out var unit); left--)
                Count(unit, -1);
            return left > 0;
        }

        /// <summary>Counts the unit among those who need what its start pulls in, or takes it out again.</summary>
        private void Count(IJobUnit unit, int change)
        {
            foreach (var rule in PullInRule.For(JobType.Start))
            {
                if (rule.Type != JobType.Start || rule.Atom == UnitDependencyAtom.None)
                    continue;
                foreach (var other in unit.Dependencies(rule.Atom))
                {
                    ref var needers = ref CollectionsMarshal.GetValueRefOrNullRef(_needed, other);
                    if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref needers))
                        continue;
                    needers += change;
                    if (change < 0 && needers == 0)
                        _free.Push(other);
                }
            }
        }
    }
}
