using Trasgo.Bus.Objects;
using Trasgo.Bus.Wire;
using Trasgo.Engine.Jobs;
using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager.Bus;

/// <summary>
/// Tells clients what has changed. Changes are noted as they happen and told once a round of the loop, however many there
/// were: one UnitNew or PropertiesChanged for a unit, one JobNew or PropertiesChanged for a job. The end of a job is told at
/// once, after what its unit has become: a client that waits for the job then sees the unit as the job has left it.
/// </summary>
internal sealed class ChangeQueue : IDisposable
{
    private const string ManagerInterfaceName = "org.freedesktop.systemd1.Manager";
    private readonly ManagerBus _bus;
    private readonly HashSet<Unit> _announced = [];
    private readonly HashSet<Unit> _pendingUnits = [];
    private readonly HashSet<Job> _pendingJobs = [];
    private readonly List<Unit> _units = [];
    private readonly List<Job> _jobs = [];
    private readonly OwedNews _owed = new();
    private readonly PassingUnits _passing;
    private readonly DeferSource _drain;
    private int _failed;

    public ChangeQueue(ManagerBus bus, EventLoop loop)
    {
        _bus = bus;
        _drain = loop.DeferLater(Drain, EventPriority.Bus - 1);
        _passing = new PassingUnits(loop, Announce);
        bus.Server.CaughtUp += _ => Settle();
        bus.Server.Disconnected += _owed.Forget;
    }

    /// <summary>Somebody who was behind has caught up, and can be told what he is owed.</summary>
    public void Settle() => _drain.Schedule();

    public void UnitChanged(Unit unit)
    {
        if (_pendingUnits.Add(unit))
        {
            _units.Add(unit);
            _drain.Schedule();
        }
    }

    public void UnitRemoved(Unit unit)
    {
        if (_announced.Remove(unit))
        {
            using var signal = Signal("UnitRemoved");
            signal.Body.String(unit.Id);
            signal.Body.ObjectPath(BusPaths.OfUnit(unit.Id));
            _bus.Broadcast(signal);
        }

        _pendingUnits.Remove(unit);
        _passing.Forget(unit);
        _owed.Forget(unit);
        _bus.OnUnitRemoved(unit);
    }

    public void JobChanged(Job job)
    {
        if (_pendingJobs.Add(job))
        {
            _jobs.Add(job);
            _drain.Schedule();
        }
    }

    public void JobRemoved(Job job)
    {
        _pendingJobs.Remove(job);
        if (!job.SentNewSignal)
        {
            if (IsPassing((Unit)job.Unit))
            {
                return;
            }

            Tell(job);
        }

        if (_pendingUnits.Remove((Unit)job.Unit))
        {
            Tell((Unit)job.Unit, toAll: true);
        }

        using var signal = Signal("JobRemoved");
        signal.Body.UInt32(job.Id);
        signal.Body.ObjectPath(BusPaths.OfJob(job.Id));
        signal.Body.String(job.Unit.Id);
        signal.Body.String((job.Result ?? JobResult.Done).Name());
        _bus.Broadcast(signal, awaited: _bus.JobHolders.AreRemote(job));
        _bus.JobHolders.OnJobRemoved(job);
    }

    /// <summary>Tells of a job now, before the reply that names it.</summary>
    public void Announce(Job job)
    {
        Reveal((Unit)job.Unit);
        if (_pendingJobs.Remove(job) || !job.SentNewSignal)
        {
            Tell(job);
        }
    }

    /// <summary>Somebody has come to know of the unit, and is to hear what becomes of it.</summary>
    public void Reveal(Unit unit)
    {
        if (_passing.Forget(unit))
        {
            Announce(unit);
        }
    }

    public void UnitFilesChanged()
    {
        using var signal = Signal("UnitFilesChanged");
        _bus.Broadcast(signal);
    }

    public void Reloading(bool active)
    {
        using var signal = Signal("Reloading");
        signal.Body.Boolean(active);
        _bus.Broadcast(signal);
    }

    /// <summary>The durations of the start, in microseconds; zero for stages that there were not.</summary>
    public void StartupFinished(ulong firmware, ulong loader, ulong kernel, ulong initrd, ulong userspace, ulong total)
    {
        using var signal = Signal("StartupFinished");
        foreach (var duration in (ReadOnlySpan<ulong>)[firmware, loader, kernel, initrd, userspace, total])
        {
            signal.Body.UInt64(duration);
        }

        _bus.Broadcast(signal);
    }

    /// <summary>Tells all that is noted, as before an exit.</summary>
    public void Drain()
    {
        // What is told may be changed by nobody meanwhile: getters only read.
        foreach (var unit in _units)
        {
            if (_pendingUnits.Remove(unit) && !IsPassing(unit))
            {
                Tell(unit);
            }
        }

        foreach (var job in _jobs)
        {
            if (_pendingJobs.Remove(job) && (job.SentNewSignal || !IsPassing((Unit)job.Unit)))
            {
                Tell(job);
            }
        }

        _units.Clear();
        _jobs.Clear();
        if (!_owed.IsEmpty)
        {
            _owed.Settle(Tell);
        }

        TellFailedCount();
    }

    public void Dispose()
    {
        _passing.Dispose();
        _drain.Dispose();
    }

    private static BusMessage Signal(string member) => BusMessage.Signal(BusPaths.Manager, ManagerInterfaceName, member);

    /// <summary>Whether neither the unit nor its job is worth a word yet.</summary>
    private bool IsPassing(Unit unit) => !_announced.Contains(unit) && _passing.Keep(unit);

    /// <summary>A unit that was passed over until now, and its job.</summary>
    private void Announce(Unit unit)
    {
        _pendingUnits.Remove(unit);
        Tell(unit);
        if (unit.Job is { SentNewSignal: false } job)
        {
            _pendingJobs.Remove(job);
            Tell(job);
        }
    }

    private void Tell(Unit unit, bool toAll = false)
    {
        if (_announced.Add(unit))
        {
            using var signal = Signal("UnitNew");
            signal.Body.String(unit.Id);
            signal.Body.ObjectPath(BusPaths.OfUnit(unit.Id));
            _bus.Broadcast(signal);
            return;
        }

        var awaited = _bus.References.AreRemote(unit);
        if (!_bus.HasListeners && !awaited)
        {
            return;
        }

        if (!toAll && _bus.IsAnybodyBehind)
        {
            _owed.Note(unit, _bus.Readers);
        }

        foreach (var signal in Changes(unit))
        {
            _bus.Broadcast(signal, awaited, _owed.IsEmpty || toAll ? null : reader => _owed.IsOwed(reader, unit));
            signal.Dispose();
        }
    }

    private void Tell(ISignalReader reader, Unit unit)
    {
        foreach (var signal in Changes(unit))
        {
            reader.Tell(signal);
            signal.Dispose();
        }
    }

    /// <summary>The type's interface first: who waits for ActiveState then has all the rest already (systemd does the same).</summary>
    private IEnumerable<BusMessage> Changes(Unit unit)
    {
        var path = BusPaths.OfUnit(unit.Id);
        var view = new UnitView(_bus, unit);
        if (PropertiesChanged.Build(path, TypeInterfaces.Of(unit.Type), view) is { } ofType)
        {
            yield return ofType;
        }

        if (PropertiesChanged.Build(path, TypeInterfaces.Unit, view) is { } ofUnit)
        {
            yield return ofUnit;
        }
    }

    private void Tell(Job job)
    {
        if (job.SentNewSignal)
        {
            Broadcast(PropertiesChanged.Build(BusPaths.OfJob(job.Id), JobInterface.Table, new JobView(_bus, job)), _bus.JobHolders.AreRemote(job));
            return;
        }

        job.SentNewSignal = true;
        using var signal = Signal("JobNew");
        signal.Body.UInt32(job.Id);
        signal.Body.ObjectPath(BusPaths.OfJob(job.Id));
        signal.Body.String(job.Unit.Id);
        _bus.Broadcast(signal, awaited: _bus.JobHolders.AreRemote(job));
    }

    private void TellFailedCount()
    {
        if (_failed != _bus.Manager.Engine.Units.FailedCount)
        {
            _failed = _bus.Manager.Engine.Units.FailedCount;
            Broadcast(PropertiesChanged.Build(BusPaths.Manager, ManagerInterface.Table, _bus));
        }
    }

    private void Broadcast(BusMessage? signal, bool awaited = false)
    {
        if (signal is not null)
        {
            _bus.Broadcast(signal, awaited);
            signal.Dispose();
        }
    }
}
