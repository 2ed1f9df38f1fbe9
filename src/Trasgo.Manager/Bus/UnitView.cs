using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>A unit as an object on the bus: what its tables speak of.</summary>
internal sealed record UnitView(ManagerBus Bus, Unit Unit)
{
    public IManagerFacade Manager => Bus.Manager;
}
