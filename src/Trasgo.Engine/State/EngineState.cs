using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Engine.State;

/// <summary>
/// The engine over the replacement of its manager: what units and jobs there are, and how they are. Saving changes nothing, so that the old manager can
/// go on if the new one cannot be executed.
/// </summary>
/// <remarks>
/// The new engine comes up in steps: units are loaded from their files as ever; each is told how it was (<see cref="Unit.Restore"/>); the jobs are put
/// in place; timers, watches and processes are taken up again (<see cref="Unit.Coldplug"/>). Until then nothing counts as an event. At last
/// each looks for what has happened in between (<see cref="Unit.CatchUp"/>), which may be one.
/// </remarks>
internal static class EngineState
{
    private const string UnitKind = "unit";
    private const string JobKind = "job";

    public static List<StateRecord> Save(EngineContext context, IDescriptorShelf shelf)
    {
        var records = new List<StateRecord>();
        foreach (var unit in context.Units.All)
        {
            var record = new StateRecord(UnitKind, unit.Id, shelf);
            unit.Save(record);
            if (record.Fields.Count > 0)
            {
                records.Add(record);
            }
        }

        foreach (var job in context.Jobs.Save())
        {
            records.Add(JobRecords.Write(job, new StateRecord(JobKind, StateRecord.Text(job.Id), shelf)));
        }

        return records;
    }

    public static void Restore(EngineContext context, IReadOnlyList<StateRecord> records)
    {
        context.IsRestoring = true;
        RestoreUnits(context, records);
        foreach (var record in records)
        {
            if (record.Kind == JobKind)
            {
                RestoreJob(context, record);
            }
        }

        var units = new List<Unit>(context.Units.All);
        foreach (var unit in units)
        {
            unit.Coldplug();
        }

        context.Jobs.Coldplug();
        context.IsRestoring = false;
        foreach (var unit in units)
        {
            unit.CatchUp();
            context.Queues.Garbage.Add(unit);
        }
    }

    private static void RestoreUnits(EngineContext context, IReadOnlyList<StateRecord> records)
    {
        var known = new List<(Unit Unit, StateRecord Record)>();
        var seen = new HashSet<Unit>();
        foreach (var record in records)
        {
            if (record.Kind == JobKind)
            {
                // A unit that has never been up has nothing to tell of itself.
                _ = context.Loader.Mention(record.Text("unit"));
            }

            if (record.Kind != UnitKind)
            {
                continue;
            }

            if (context.Loader.Mention(record.Name) is not { } unit || !seen.Add(unit))
            {
                context.Log.Write(LogLevel.Warning, unit: null, $"The state of {record.Name} belongs to no unit, ignoring.");
                continue;
            }

            unit.BeforeLoading(record);
            known.Add((unit, record));
        }

        context.Queues.DrainLoading();
        foreach (var (unit, record) in known)
        {
            unit.Restore(record);
        }
    }

    private static void RestoreJob(EngineContext context, StateRecord record)
    {
        if (JobRecords.Read(record) is not { } job || context.Units.Find(job.Unit) is not { } unit || !context.Jobs.Restore(job, unit))
        {
            context.Log.Write(LogLevel.Warning, unit: null, $"Job {record.Name} cannot be restored, it is dropped.");
        }
    }
}
