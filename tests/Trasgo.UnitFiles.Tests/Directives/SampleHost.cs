using Trasgo.UnitFiles.Specifiers;

namespace Trasgo.UnitFiles.Tests.Directives;

/// <summary>A host on which every specifier is known and boring.</summary>
internal sealed class SampleHost : ISpecifierHost
{
    public string? Get(HostFact fact, out string? error)
    {
        error = null;
        return fact.ToString();
    }

    public string? RealPath(string path) => path;
}
