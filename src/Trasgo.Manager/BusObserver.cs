using Trasgo.Engine.Units;
using Trasgo.Manager.Bus;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>What the engine reports, noted down to be told on the bus.</summary>
internal sealed class BusObserver(ManagerBus bus) : IEngineObserver
{
    public void UnitAdded(Unit unit) => bus.Changes.UnitChanged(unit);

    public void UnitRemoved(Unit unit) => bus.Changes.UnitRemoved(unit);

    public void UnitChanged(Unit unit) => bus.Changes.UnitChanged(unit);

    public void UnitStopped(Unit unit)
    {
    }

    public void ConditionFailed(Unit unit, Condition? failed)
    {
    }
}
