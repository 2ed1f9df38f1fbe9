using Trasgo.UnitFiles.Specifiers;

namespace Trasgo.UnitFiles.Tests.Support;

/// <summary>A host whose every fact is known to the test: its own name in lower case, unless given.</summary>
internal sealed class FixedHost : ISpecifierHost
{
    public Dictionary<HostFact, string?> Facts { get; } = [];

    public string? Get(HostFact fact, out string? error)
    {
        var value = Facts.TryGetValue(fact, out var given) ? given : fact.ToString().ToLowerInvariant();
        error = value is null ? Specifier.NoHostFile : null;
        return value;
    }

    public string? RealPath(string path) => "/real" + path;
}
