namespace Trasgo.Bus.Objects;

/// <summary>
/// An interface as a static table. Introspection, Get, GetAll, Set, dispatch and PropertiesChanged all derive from its rows,
/// in their order.
/// </summary>
internal sealed class BusInterface
{
    private readonly Dictionary<string, BusMethod> _methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BusProperty> _properties = new(StringComparer.Ordinal);

    public BusInterface(string name, IReadOnlyList<BusMember> members)
    {
        Name = name;
        Members = members;
        foreach (var member in members)
        {
            switch (member)
            {
                case BusMethod method: _methods.Add(method.Name, method); break;
                case BusProperty property: _properties.Add(property.Name, property); break;
                default: break;
            }
        }
    }

    public string Name { get; }

    public IReadOnlyList<BusMember> Members { get; }

    public BusMethod? FindMethod(string name) => _methods.GetValueOrDefault(name);

    public BusProperty? FindProperty(string name) => _properties.GetValueOrDefault(name);
}
