using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

internal sealed partial class UnitLoader
{
    /// <summary>All units are read anew. Clients are told of that as a whole: what changes by it they have to ask for in any case.</summary>
    private bool _reloading;

    /// <summary>
    /// Reads all files anew, in place: states, processes, timers and jobs stay with their units, which get new settings and
    /// new dependencies. Units that nothing needs any more go with the next collection.
    /// </summary>
    public void Reload()
    {
        _index = UnitFileIndex.Build(search, files);
        Mounts.Clear();
        var units = new List<Unit>(context.Units.All);
        foreach (var unit in units)
        {
            unit.ClearDependencies();
            unit.ResetForLoading();
            unit.ForgetStarts();
        }

        foreach (var unit in units)
        {
            Rename(unit);
        }

        foreach (var unit in units)
        {
            context.Queues.Load.Add(unit);
        }

        _reloading = true;
        context.Queues.DrainLoading();
        _reloading = false;
        foreach (var unit in units)
        {
            unit.AfterReload();
            context.Queues.Garbage.Add(unit);
        }
    }

    /// <summary>Looks at the directories now, because files have been written by ourselves or by generators.</summary>
    public void ReadDirectories() => _index = UnitFileIndex.Build(search, files);

    /// <summary>Reads one unit anew, because a file of it has been written by ourselves.</summary>
    public void ReadAgain(Unit unit)
    {
        _index = UnitFileIndex.Build(search, files);
        unit.ResetForLoading();
        context.Queues.Load.Add(unit);
        context.Queues.DrainLoading();
        unit.AfterReload();
    }

    /// <summary>Aliases come and go; what runs keeps its unit, whatever its names are now.</summary>
    private void Rename(Unit unit)
    {
        var lookup = _index.Lookup(unit.Name);
        foreach (var name in unit.Names)
        {
            if (name != unit.Id && !lookup.Names.Contains(name))
            {
                context.Units.RemoveName(name);
            }
        }

        var isFree = lookup.Id == unit.Id || !context.Units.Has(lookup.Id);
        unit.Names.Clear();
        unit.Names.Add(unit.Id);
        if (isFree && lookup.Id != unit.Id && UnitName.TryParse(lookup.Id, UnitNameFlags.Plain | UnitNameFlags.Instance, out var id))
        {
            unit.Rename(id);
            context.Units.Add(id.Text, unit);
        }

        AddNames(unit, lookup);
    }
}
