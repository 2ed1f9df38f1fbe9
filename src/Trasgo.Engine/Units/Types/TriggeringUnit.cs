using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>A unit that waits for something and then starts another: sockets, paths, timers, automounts.</summary>
internal abstract class TriggeringUnit<TConfig>(EngineContext context, UnitName name) : ConfiguredUnit<TConfig>(context, name)
    where TConfig : class
{
    public override bool CanTrigger => true;

    /// <summary>The unit that is started; null where there is none, or where each event has one of its own (Accept=yes).</summary>
    public Unit? Triggered => DependenciesOf(UnitDependency.Triggers) is [var edge, ..] ? (Unit)edge.Other : null;

    /// <summary>Triggers the unit that is named, or the service of the same name.</summary>
    protected void AddTrigger(string? name)
    {
        name ??= Name.PrefixAndInstance + ".service";
        AddDependencies(UnitDependency.Before, UnitDependency.Triggers, name, DependencyOrigin.Implicit);
    }

    /// <summary>
    /// Queues the start of a unit; the details go with the job, named as on the bus: trigger_unit is what the service finds as $TRIGGER_UNIT
    /// (systemd.exec(5)). Null, or why not.
    /// </summary>
    protected JobRefusal? StartTriggered(Unit unit, IReadOnlyList<KeyValuePair<string, string>> details)
    {
        var request = Context.Jobs.Enqueue(JobType.Start, unit, JobMode.Replace);
        request.Job?.SetActivationDetails(details);
        return request.Refusal;
    }

    /// <summary>There is no use in waiting for something if nothing could be started then.</summary>
    protected bool CheckTriggeredIsLoaded()
    {
        if (Triggered is { LoadState: UnitLoadState.Loaded })
        {
            return true;
        }

        Log(LogLevel.Error, Triggered is { } other
            ? $"Refusing to start, unit {other.Id} to trigger not loaded."
            : "Refusing to start, no unit to trigger.");
        return false;
    }

    /// <summary>What units that wait for something have by default: after what they need, gone before the shutdown.</summary>
    protected void AddDefaultDependencies(string before)
    {
        if (!Config.DefaultDependencies)
        {
            return;
        }

        AddDependency(UnitDependency.Before, before, DependencyOrigin.Default);
        if (Context.Scope == UnitFiles.LoadPath.RuntimeScope.System)
        {
            AddDependencies(UnitDependency.After, UnitDependency.Requires, SpecialUnits.SysinitTarget, DependencyOrigin.Default);
        }

        AddDependencies(UnitDependency.Before, UnitDependency.Conflicts, SpecialUnits.ShutdownTarget, DependencyOrigin.Default);
    }
}
