namespace Trasgo.Bus.Objects;

/// <summary>What a call found at its path: the object, if one is there, and what lies below.</summary>
internal sealed record ObjectVisit(ObjectTree Tree, string Path, BusObject? Object)
{
    public IReadOnlyList<BusInterface> Interfaces => Object?.Interfaces ?? [];

    public BusInterface? Find(string name)
    {
        foreach (var table in Interfaces)
        {
            if (table.Name == name)
            {
                return table;
            }
        }

        return null;
    }

    public string Describe() => Introspection.Describe([.. StandardInterfaces.All, .. Interfaces], Tree.Children(Path));
}
