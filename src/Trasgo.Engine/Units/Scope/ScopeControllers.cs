namespace Trasgo.Engine.Units;

/// <summary>
/// The programs on the message bus that look after scopes (Controller=). Whoever is on the bus fills this in; the scopes know nothing of how.
/// </summary>
internal sealed class ScopeControllers
{
    /// <summary>Asks the controller of the scope to stop it; false if there is none who could be asked.</summary>
    public Func<Scope, bool> RequestStop { get; set; } = static _ => false;

    /// <summary>The scope is to hear when its controller has gone (<see cref="Scope.OnControllerGone"/>).</summary>
    public Action<Scope> Watch { get; set; } = static _ => { };

    public Action<Scope> Unwatch { get; set; } = static _ => { };
}
