using Trasgo.Bus.Wire;
using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>Reaches the controllers of scopes over the message bus: they are asked to stop their scopes, and missed when they go.</summary>
internal sealed class ScopeControllerLink
{
    private readonly ManagerBus _bus;
    private readonly Dictionary<Scope, (string Name, Action<string?> Handler)> _watched = [];

    public ScopeControllerLink(ManagerBus bus)
    {
        _bus = bus;
        var controllers = bus.Manager.Engine.ScopeControllers;
        controllers.RequestStop = RequestStop;
        controllers.Watch = Watch;
        controllers.Unwatch = Unwatch;
    }

    private bool RequestStop(Scope scope)
    {
        if (scope.Controller.Length == 0 || !_bus.Message.IsConnected)
        {
            return false;
        }

        using var signal = BusMessage.Signal(BusPaths.OfUnit(scope.Id), "org.freedesktop.systemd1.Scope", "RequestStop");
        signal.Destination = scope.Controller;
        _bus.Message.Send(signal);
        return true;
    }

    private void Watch(Scope scope)
    {
        if (scope.Controller.Length == 0)
        {
            return;
        }

        Action<string?> handler = owner =>
        {
            if (owner is null)
            {
                scope.OnControllerGone();
            }
        };
        _watched[scope] = (scope.Controller, handler);
        _bus.Message.Names.Add(scope.Controller, handler);
    }

    private void Unwatch(Scope scope)
    {
        if (_watched.Remove(scope, out var watch))
        {
            _bus.Message.Names.Remove(watch.Name, watch.Handler);
        }
    }
}
