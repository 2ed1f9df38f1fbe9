using Trasgo.Engine.State;
using Trasgo.Engine.Units;
using Trasgo.Linux;
using Trasgo.Manager.Bus;

using Refusal = Trasgo.Engine.Units.BusFailure;

namespace Trasgo.Manager;

/// <summary>The manager makes way for another one, or takes over from one.</summary>
internal sealed partial class ServiceManager : IReexecutable
{
    /// <summary>Who asked for it at a time when it had to wait.</summary>
    private readonly List<Action<Refusal?>> _wanting = [];

    public void Reexecute() => Reexecute(static _ => { });

    /// <summary>Waits for a reload, or the start, to be over.</summary>
    public void Reexecute(Action<Refusal?> failed)
    {
        if (Objective != ManagerObjective.Run || _endsWhenIdle)
        {
            failed(new Refusal("org.freedesktop.DBus.Error.Failed", "The manager is about to end."));
        }
        else if (_options.Units is not null)
        {
            failed(NotOffered("Re-execution of this manager, which serves one purpose,"));
        }
        else if (_reexecution.IsUnderWay || (_isBooted && !_reloading && !_generators.IsRunning))
        {
            _reexecution.Request(failed);
        }
        else
        {
            _wanting.Add(failed);
        }
    }

    private void ReexecuteIfWanted()
    {
        var wanting = _wanting.ToArray();
        _wanting.Clear();
        foreach (var failed in wanting)
        {
            Reexecute(failed);
        }
    }

    void IReexecutable.Generate(Action done)
    {
        _generators.RunAsync(() =>
        {
            OnGenerated();
            done();
        });
    }

    void IReexecutable.HoldJobs(bool hold)
    {
        _jobs.IsHeld = hold;
        _drain.Schedule();
    }

    void IReexecutable.OnReexecutionBegun()
    {
        _log.Write(LogLevel.Info, unit: null, "Reexecuting.");
        _bus?.Changes.Reloading(active: true);
    }

    void IReexecutable.OnReexecutionFailed(string message)
    {
        _log.Write(LogLevel.Error, unit: null, $"Reexecution failed, going on as before: {message}");
        _bus?.Changes.Reloading(active: false);
    }

    List<StateRecord> IReexecutable.Save(HandedDescriptors handed)
    {
        // What has happened until now is told by this manager; the next one has other clients.
        _bus?.Changes.Drain();
        _bus?.Flush();
        var shelf = new PassingShelf(handed);
        var records = EngineState.Save(_engine, shelf);
        var own = new StateRecord(PassedState.ManagerKind, "", shelf);
        SaveOwn(own);
        _bus?.Save(records, own, shelf);
        foreach (var number in handed.Numbers)
        {
            own.Add(PassedState.DescriptorKey, StateRecord.Text((ulong)number));
        }

        records.Insert(0, own);
        return records;
    }

    /// <summary>In the place of a start: everything is up already, or on its way.</summary>
    private void Resume(PassedState state)
    {
        foreach (var complaint in state.Complaints)
        {
            _log.Write(LogLevel.Warning, unit: null, complaint);
        }

        RestoreOwn(state.Manager);
        _engine.IsRestoring = true;
        OpenSockets(state.Manager);
        _signals = new SignalDuties(_loop, this, _engine.Emergency, _log) { CtrlAltDelBurstAction = Defaults.CtrlAltDelBurstAction };
        _engine.Loader.ReadDirectories();
        LoadPerpetualUnits();
        _mounts.Start();
        _timezone.Start();
        EngineState.Restore(_engine, state.Records);
        RestoreUnits(state.Manager);
        _isBooted = true;
        _bus!.Restore(state.Records, state.Manager);
        ListenToClients();
        if (state.DescriptorsLeft > 0)
        {
            _log.Write(LogLevel.Warning, unit: null, $"{state.DescriptorsLeft} descriptors of the manager before belong to nobody any more, closing them.");
        }

        state.Dispose();
        _drain.Schedule();
    }
}
