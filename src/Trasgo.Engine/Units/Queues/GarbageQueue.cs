using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Engine.Units;

/// <summary>
/// Units that may have become useless. A unit stays while it is up, has a job, or is perpetual - or while such a unit refers
/// to it, directly or through others. Rings of units that only refer to each other go together.
/// </summary>
internal sealed class GarbageQueue(EngineContext context) : UnitQueue(context, QueuePlaces.Garbage)
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
        if (Stays(unit))
        {
            return true;
        }

        // One that stays is enough. Nearly every unit refers to shutdown.target: they are asked as they are met, not collected first.
        for (var i = 0; i < _path.Count; i++)
        {
            foreach (var edge in _path[i].DependenciesOf(UnitDependency.ReferencedBy))
            {
                if (Stays((Unit)edge.Other))
                {
                    _kept.Add(unit);
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether the unit stays for reasons of its own; where it does not, those that refer to it are still to be asked.</summary>
    private bool Stays(Unit unit)
    {
        if (_kept.Contains(unit))
        {
            return true;
        }

        if (!_seen.Add(unit))
        {
            return false;
        }

        if (!MayCollect(unit))
        {
            _kept.Add(unit);
            return true;
        }

        _path.Add(unit);
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
