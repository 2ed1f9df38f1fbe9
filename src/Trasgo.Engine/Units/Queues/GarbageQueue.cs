using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// Units that may have become useless. A unit stays while it is up, has a job, or is perpetual - or while such a unit refers
/// to it, directly or through others. Rings of units that only refer to each other go together.
/// </summary>
internal sealed class GarbageQueue(EngineContext context) : UnitQueue(context)
{
    private readonly HashSet<Unit> _kept = [];
    private readonly List<Unit> _path = [];
    private readonly HashSet<Unit> _seen = [];

    /// <summary>Called from the loop only, when no caller can hold on to a unit that is about to go.</summary>
    public override bool Drain()
    {
        _kept.Clear();
        return base.Drain();
    }

    protected override void Process(Unit unit)
    {
        if (unit.LoadState == UnitLoadState.Stub || IsReferenced(unit))
        {
            return;
        }

        // None of those that were visited on the way up leads to a unit that stays.
        foreach (var useless in _path)
        {
            Collect(useless);
        }
    }

    private bool IsReferenced(Unit unit)
    {
        _path.Clear();
        _seen.Clear();
        _path.Add(unit);
        _seen.Add(unit);
        for (var i = 0; i < _path.Count; i++)
        {
            var candidate = _path[i];
            if (_kept.Contains(candidate) || !MayCollect(candidate))
            {
                _kept.Add(candidate);
                _kept.Add(unit);
                return true;
            }

            foreach (var edge in candidate.DependenciesOf(UnitDependency.ReferencedBy))
            {
                if (_seen.Add((Unit)edge.Other))
                {
                    _path.Add((Unit)edge.Other);
                }
            }
        }

        return false;
    }

    private bool MayCollect(Unit unit)
    {
        if (unit.Job is not null || unit.NopJob is not null)
        {
            return false;
        }

        if (unit.IsInactiveOrFailed)
        {
            unit.ReleaseResources();
        }

        var isDown = unit.ActiveState == UnitActiveState.Inactive ||
            (unit.ActiveState == UnitActiveState.Failed && unit.Config.CollectMode == CollectMode.InactiveOrFailed);
        return isDown && !unit.IsPerpetual && unit.References == 0 && unit.MayCollect && !HandlersArePending(unit) &&
            Context.Processes.IsEmpty(unit) != false;
    }

    private static bool HandlersArePending(Unit unit)
    {
        foreach (var other in unit.Dependencies(UnitDependencyAtom.OnFailure | UnitDependencyAtom.OnSuccess))
        {
            if (other.Job is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void Collect(Unit unit)
    {
        unit.Log(LogLevel.Debug, "Collecting.");
        Context.Loader.Remove(unit);
    }
}
