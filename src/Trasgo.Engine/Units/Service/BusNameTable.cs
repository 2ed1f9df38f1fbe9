namespace Trasgo.Engine.Units;

/// <summary>
/// Which service stands behind which name on the message bus (BusName=). Whoever is on the bus watches the names and reports their owners;
/// the services know nothing of how.
/// </summary>
internal sealed class BusNameTable
{
    private readonly Dictionary<string, Service> _services = new(StringComparer.Ordinal);

    /// <summary>A name is to be watched.</summary>
    public Action<string> Added { get; set; } = static _ => { };

    /// <summary>A name is of no interest any more.</summary>
    public Action<string> Removed { get; set; } = static _ => { };

    /// <summary>Asks the bus which process is behind a unique name; told later, if at all.</summary>
    public Action<string, Action<int>> FindProcess { get; set; } = static (_, _) => { };

    public IEnumerable<string> Names => _services.Keys;

    /// <summary>False if the name is another service's.</summary>
    public bool Claim(string name, Service service)
    {
        if (_services.TryGetValue(name, out var holder))
        {
            return holder == service;
        }

        _services.Add(name, service);
        Added(name);
        return true;
    }

    public void Release(string name, Service service)
    {
        if (_services.TryGetValue(name, out var holder) && holder == service)
        {
            _services.Remove(name);
            Removed(name);
        }
    }

    /// <summary>The name has that owner now; null for none.</summary>
    public void TellOwner(string name, string? owner)
    {
        if (_services.TryGetValue(name, out var service))
        {
            service.OnBusNameOwner(owner);
        }
    }
}
