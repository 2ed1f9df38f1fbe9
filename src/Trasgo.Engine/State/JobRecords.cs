using Trasgo.Engine.Jobs;

namespace Trasgo.Engine.State;

/// <summary>A <see cref="JobRecord"/> as fields.</summary>
internal static class JobRecords
{
    public static StateRecord Write(JobRecord job, StateRecord record)
    {
        record.Put("unit", job.Unit);
        record.Add("type", job.Type.Name());
        record.PutEnum("state", job.State, JobState.Waiting);
        record.Put("irreversible", job.Irreversible);
        record.Put("ignore-order", job.IgnoreOrder);
        record.Put("told", job.SentNewSignal);
        record.Put("begin", job.BeginUsec);
        record.Put("begin-running", job.BeginRunningUsec);
        foreach (var (key, value) in job.ActivationDetails ?? [])
        {
            record.Add("activation", key, value);
        }

        return record;
    }

    /// <summary>Null if it makes no sense.</summary>
    public static JobRecord? Read(StateRecord record)
    {
        if (!StateRecord.TryNumber(record.Name, out var id) || id is 0 or > uint.MaxValue || !JobNames.TryParse(record.Text("type"), out JobType type))
        {
            return null;
        }

        var details = new List<KeyValuePair<string, string>>();
        foreach (var words in record.All("activation", 2))
        {
            details.Add(new(words[0], words[1]));
        }

        return new JobRecord
        {
            Id = (uint)id,
            Unit = record.Text("unit"),
            Type = type,
            State = record.Enum("state", JobState.Waiting),
            Irreversible = record.Flag("irreversible"),
            IgnoreOrder = record.Flag("ignore-order"),
            SentNewSignal = record.Flag("told"),
            BeginUsec = record.Number("begin"),
            BeginRunningUsec = record.Number("begin-running"),
            ActivationDetails = details.Count > 0 ? details : null,
        };
    }
}
