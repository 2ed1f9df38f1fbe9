namespace Trasgo.UnitFiles.Specifiers;

internal interface ISpecifierHost
{
    /// <summary>
    /// The value, empty where the host leaves it blank; null with strerror(3)'s text in <paramref name="error"/> where it
    /// cannot be had, which makes the specifier fail.
    /// </summary>
    string? Get(HostFact fact, out string? error);

    /// <summary>The path with its links resolved, for %y and %Y.</summary>
    string? RealPath(string path);
}
