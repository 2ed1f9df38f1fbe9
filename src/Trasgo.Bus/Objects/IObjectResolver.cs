using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Finds the objects below a prefix, which come and go.</summary>
internal interface IObjectResolver
{
    /// <summary>
    /// The object at a path strictly below the prefix; null where there is none. The caller may matter ("self"). A failure that the
    /// resolver words itself is answered in place of "unknown object".
    /// </summary>
    BusObject? Find(string path, ICaller caller, out BusError? failure);

    /// <summary>The paths of all objects that exist now, for introspection of the prefix.</summary>
    IEnumerable<string> Children();
}
