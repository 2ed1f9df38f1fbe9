namespace Trasgo.Bus.Objects;

/// <summary>Finds the objects below a prefix, which come and go.</summary>
internal interface IObjectResolver
{
    /// <summary>The object at a path strictly below the prefix; null where there is none. The caller may matter ("self").</summary>
    BusObject? Find(string path, ICaller caller);

    /// <summary>The paths of all objects that exist now, for introspection of the prefix.</summary>
    IEnumerable<string> Children();
}
