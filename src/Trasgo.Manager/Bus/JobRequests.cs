using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>Clients' requests for jobs.</summary>
internal static class JobRequests
{
    /// <summary>Start and its like: the next argument is the job mode.</summary>
    public static void Start(ManagerBus bus, Unit unit, JobType type, bool preferReload, BusCall call)
    {
        var word = call.Arguments.String();
        if (!JobNames.TryParse(word, out JobMode mode))
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Job mode {word} invalid");
            return;
        }

        if (call.Message.Member == "StartUnitWithFlags" && call.Arguments.UInt64() is var flags && flags != 0)
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Invalid 'flags' parameter '{flags}'");
            return;
        }

        Queue(bus, unit, type, mode, preferReload, call);
    }

    public static void Queue(ManagerBus bus, Unit unit, JobType type, JobMode mode, bool preferReload, BusCall call)
    {
        var made = Make(bus, unit, type, mode, preferReload, call, affected: null);
        if (made.Ok)
        {
            call.ReplyPath(BusPaths.OfJob(made.Job.Id));
        }
        else
        {
            call.Fail(made.Refusal.ErrorName, made.Refusal.Message);
        }
    }

    /// <summary>EnqueueJob: answers with everything that the request has touched.</summary>
    public static void Enqueue(ManagerBus bus, Unit unit, BusCall call)
    {
        var (typeWord, modeWord) = (call.Arguments.String(), call.Arguments.String());
        var (type, preferReload) = typeWord switch
        {
            "reload-or-restart" => (JobType.Restart, true),
            "reload-or-try-restart" => (JobType.TryRestart, true),
            _ => JobNames.TryParse(typeWord, out JobType parsed) ? (parsed, false) : ((JobType)(-1), false),
        };
        if (type < 0)
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Job type {typeWord} invalid");
            return;
        }

        if (!JobNames.TryParse(modeWord, out JobMode mode))
        {
            call.Fail(BusErrorNames.InvalidArgs, $"Job mode {modeWord} invalid");
            return;
        }

        var affected = new List<Job>();
        var made = Make(bus, unit, type, mode, preferReload, call, affected);
        if (!made.Ok)
        {
            call.Fail(made.Refusal.ErrorName, made.Refusal.Message);
            return;
        }

        call.Reply(writer => WriteAffected(writer, made.Job, affected));
    }

    /// <summary>A row as ListJobs and GetJobAfter have it.</summary>
    public static void WriteRow(MessageWriter writer, Job job)
    {
        writer.BeginStruct();
        writer.UInt32(job.Id);
        writer.String(job.Unit.Id);
        writer.String(job.Type.Name());
        writer.String(job.State.Name());
        writer.ObjectPath(BusPaths.OfJob(job.Id));
        writer.ObjectPath(BusPaths.OfUnit(job.Unit.Id));
        writer.EndStruct();
    }

    public static void ReplyRows(BusCall call, IEnumerable<Job> jobs) => call.Reply(writer =>
    {
        writer.BeginArray("(usssoo)");
        foreach (var job in jobs)
        {
            WriteRow(writer, job);
        }

        writer.EndArray();
    });

    private static JobRequestResult Make(
        ManagerBus bus, Unit unit, JobType type, JobMode mode, bool preferReload, BusCall call, List<Job>? affected)
    {
        if (preferReload)
        {
            type = ManualRequest.PreferReload(unit, type);
        }

        if (ManualRequest.Check(unit, type) is { } refusal)
        {
            return new JobRequestResult(null, refusal);
        }

        var made = bus.Manager.Engine.Jobs.Enqueue(type, unit, mode, affected);
        if (made.Job is { } job)
        {
            bus.JobHolders.Hold(job, call.Caller);

            // The client must hear of the job before it learns its path.
            bus.Changes.Announce(job);
        }

        return made;
    }

    private static void WriteAffected(MessageWriter writer, Job anchor, List<Job> affected)
    {
        WriteColumns(writer, anchor);
        writer.BeginArray("(uosos)");
        foreach (var job in affected)
        {
            if (job != anchor)
            {
                writer.BeginStruct();
                WriteColumns(writer, job);
                writer.EndStruct();
            }
        }

        writer.EndArray();
    }

    private static void WriteColumns(MessageWriter writer, Job job)
    {
        writer.UInt32(job.Id);
        writer.ObjectPath(BusPaths.OfJob(job.Id));
        writer.String(job.Unit.Id);
        writer.ObjectPath(BusPaths.OfUnit(job.Unit.Id));
        writer.String(job.Type.Name());
    }
}
