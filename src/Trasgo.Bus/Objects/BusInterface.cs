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

        Announced = With(MemberFlags.EmitsChange);
        Invalidated = With(MemberFlags.EmitsInvalidation);
    }

    public string Name { get; }

    public IReadOnlyList<BusMember> Members { get; }

    /// <summary>The properties whose changes are told with their values, which are few of many.</summary>
    public BusProperty[] Announced { get; }

    /// <summary>Those of whose changes only the fact is told.</summary>
    public BusProperty[] Invalidated { get; }

    public BusMethod? FindMethod(string name) => _methods.GetValueOrDefault(name);

    public BusProperty? FindProperty(string name) => _properties.GetValueOrDefault(name);

    private BusProperty[] With(MemberFlags flag)
    {
        var found = new List<BusProperty>();
        foreach (var member in Members)
        {
            if (member is BusProperty property && (property.Flags & flag) != 0)
            {
                found.Add(property);
            }
        }

        return [.. found];
    }
}
