using System.Runtime.InteropServices;

namespace Trasgo.Engine.Jobs;

/// <summary>
/// Remembers of units that are up that their start would ask nothing of anybody: all it would pull in is where its jobs would take it. A start of
/// basic.target reaches some fifty units, all of them long up, and every service pulls it in; an instance for each of a thousand connections a second
/// would walk there each time only to have all those jobs dropped as redundant.
/// </summary>
/// <remarks>
/// Nobody has to say when something changes. Of each unit that the walk has met it is remembered which state it was met in and which dependencies
/// it had, and both are compared before what is remembered is believed; that takes a few nanoseconds a unit.
/// </remarks>
internal sealed class SettledClosures
{
    /// <summary>Those asked for are the targets and slices that services are in; with more of them all are found anew.</summary>
    private const int Most = 64;

    private readonly Dictionary<IJobUnit, Member[]> _closures = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<(IJobUnit, JobType)> _seen = [];
    private readonly List<Member> _path = [];

    /// <summary>Whether a start of the unit, which is down, comes to one job: that of the unit itself.</summary>
    public bool StartsAlone(IJobUnit unit)
    {
        if (unit.FollowingSet.Count > 0)
            return false;

        foreach (var rule in PullInRule.For(JobType.Start))
        {
            if (rule.Atom == UnitDependencyAtom.None)
                continue;
            foreach (var other in unit.Dependencies(rule.Atom))
            {
                if (!(rule.Type == JobType.Start ? IsSettled(other, unit) : Find(new Member(other, rule.Type), unit) is not null))
                    return false;
            }
        }

        return true;
    }

    private bool IsSettled(IJobUnit unit, IJobUnit anchor)
    {
        if (_closures.TryGetValue(unit, out var known) && Holds(known, anchor))
            return true;

        _closures.Remove(unit);
        if (Find(new Member(unit, JobType.Start), anchor) is not { } found)
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
            if (!member.IsSettled(anchor) || member.Version != member.CurrentVersion)
                return false;
        }

        return true;
    }

    /// <summary>All that the job would pull in, itself included; null if anything of it would be more than redundant.</summary>
    private Member[]? Find(in Member first, IJobUnit anchor)
    {
        _seen.Clear();
        _path.Clear();
        _seen.Add((first.Unit, first.Type));
        _path.Add(first);
        for (var i = 0; i < _path.Count; i++)
        {
            var member = _path[i];
            if (!member.IsSettled(anchor))
                return null;

            foreach (var rule in PullInRule.For(member.Type))
            {
                if (rule.Atom == UnitDependencyAtom.None)
                    continue;
                foreach (var other in member.Unit.Dependencies(rule.Atom))
                {
                    if (_seen.Add((other, rule.Type)))
                        _path.Add(new Member(other, rule.Type));
                }
            }
        }

        return [.. _path];
    }

    /// <summary>A unit, the job that it would get, and its dependencies as they were when they were followed.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Member(IJobUnit unit, JobType type)
    {
        public IJobUnit Unit => unit;

        public JobType Type => type;

        public uint Version { get; } = VersionOf(unit, type);

        public uint CurrentVersion => VersionOf(unit, type);

        /// <summary>The job would be accepted and then dropped as redundant. The anchor's own state is about to change.</summary>
        public bool IsSettled(IJobUnit anchor) =>
            unit != anchor && unit.Job is null && JobAlgebra.IsRedundant(type, unit.ActiveState) && unit.LoadState == UnitLoadState.Loaded
            && unit.FollowingSet.Count == 0 && unit.IsJobApplicable(type);

        private static uint VersionOf(IJobUnit unit, JobType type) => type == JobType.Stop ? unit.StopVersion : unit.StartVersion;
    }
}
