using Trasgo.Bus.Transport;
using Trasgo.Engine.State;

namespace Trasgo.Manager.Bus;

/// <summary>
/// What of the bus survives a re-execution: the sockets that we serve, and the clients behind the message bus, whose names outlive our own
/// connection to it. Direct clients see their connections end.
/// </summary>
internal sealed partial class ManagerBus
{
    /// <summary>The manager before this one has told the message bus that it reloads: that this is over can be told when the bus is reached.</summary>
    private bool _owesReloaded;

    public void Save(List<StateRecord> records, StateRecord own, IDescriptorShelf shelf)
    {
        foreach (var (path, socket) in Server.Listening)
        {
            own.Add(ListenerKey, path, own.Shelve(socket));
        }

        foreach (var caller in Message.Callers.All)
        {
            var record = new StateRecord(ClientKind, caller.UniqueName, shelf);
            record.Put("subscribed", caller.Subscribed);
            foreach (var (unit, count) in References.HeldBy(caller))
            {
                record.Add("reference", unit.Id, StateRecord.Text((ulong)count));
            }

            foreach (var job in JobHolders.HeldBy(caller))
            {
                record.Add("job", StateRecord.Text(job.Id));
            }

            if (record.Fields.Count > 0)
            {
                records.Add(record);
            }
        }
    }

    public void Restore(IReadOnlyList<StateRecord> records, StateRecord own)
    {
        _owesReloaded = true;
        foreach (var words in own.All(ListenerKey, 2))
        {
            if (own.Unshelve(words[1]) is { } socket)
            {
                Server.Adopt(new BusSocket(socket), words[0]);
            }
        }

        foreach (var record in records)
        {
            if (record.Kind == ClientKind)
            {
                Recall(record);
            }
        }
    }

    private void Recall(StateRecord record)
    {
        var caller = Message.Callers.Recall(record.Name);
        caller.Subscribed = record.Flag("subscribed");
        foreach (var words in record.All("reference", 2))
        {
            var unit = Manager.Engine.Loader.LoadNow(words[0]);
            for (var left = Math.Min(StateRecord.Int(words[1]), ReferencesMax); left > 0 && unit is not null; left--)
            {
                References.Add(unit, caller);
            }
        }

        foreach (var words in record.All("job", 1))
        {
            if (Manager.Engine.Jobs.Find((uint)StateRecord.Int(words[0])) is { } job)
            {
                JobHolders.Hold(job, caller);
            }
        }
    }
}
