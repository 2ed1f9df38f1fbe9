using Trasgo.Engine.Units;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>Hands what the engine reports on to those who registered, without the engine knowing of them.</summary>
internal sealed class EngineEvents : IEngineObserver
{
    private readonly List<IEngineObserver> _observers = [];

    public void Add(IEngineObserver observer) => _observers.Add(observer);

    public void UnitAdded(Unit unit)
    {
        foreach (var observer in _observers)
        {
            observer.UnitAdded(unit);
        }
    }

    public void UnitRemoved(Unit unit)
    {
        foreach (var observer in _observers)
        {
            observer.UnitRemoved(unit);
        }
    }

    public void UnitChanged(Unit unit)
    {
        foreach (var observer in _observers)
        {
            observer.UnitChanged(unit);
        }
    }

    public void UnitStopped(Unit unit)
    {
        foreach (var observer in _observers)
        {
            observer.UnitStopped(unit);
        }
    }

    public void ConditionFailed(Unit unit, Condition? failed)
    {
        foreach (var observer in _observers)
        {
            observer.ConditionFailed(unit, failed);
        }
    }
}
