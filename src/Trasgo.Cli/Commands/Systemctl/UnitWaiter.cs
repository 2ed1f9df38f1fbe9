using Trasgo.Cli.Bus;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>
/// <c>--wait</c>: until the units that were started are inactive or failed again and have no job. A unit is asked once when it
/// is added, since its end may already lie behind it, and then whenever it says that its properties changed.
/// </summary>
internal sealed class UnitWaiter
{
    private readonly ManagerBus _bus;
    private readonly Dictionary<string, string> _pending = [];
    private bool _failed;

    internal UnitWaiter(ManagerBus bus)
    {
        _bus = bus;
        bus.Subscribe();
        bus.WatchProperties();
    }

    /// <summary>Keeps the unit, and with it its result, in memory for as long as we are connected.</summary>
    internal void Reference(string unit) => _ = _bus.CallUnit(ManagerBus.UnitPath(unit), "Ref");

    internal void Add(string unit)
    {
        _pending[ManagerBus.UnitPath(unit)] = unit;
        Look(ManagerBus.UnitPath(unit));
    }

    /// <summary>False if one of them failed, or the manager went away.</summary>
    internal bool Wait()
    {
        while (_pending.Count > 0)
        {
            if (_bus.NextSignal() is not { } signal)
            {
                return false;
            }

            if (signal.Member == "PropertiesChanged" && _pending.ContainsKey(signal.Path))
            {
                Look(signal.Path);
            }
        }

        return !_failed;
    }

    private void Look(string path)
    {
        var state = _bus.GetProperty(path, ManagerBus.UnitInterface, "ActiveState");
        var job = _bus.GetProperty(path, ManagerBus.UnitInterface, "Job");
        if (!state.Ok)
        {
            _failed = true;
            _ = _pending.Remove(path);
            return;
        }

        if (job[0][0][0].Unsigned == 0 && state[0][0].Text is ("inactive" or "failed"))
        {
            _failed |= state[0][0].Text == "failed";
            _ = _pending.Remove(path);
        }
    }
}
