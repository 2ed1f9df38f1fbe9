using Trasgo.UnitFiles.Names;

namespace Trasgo.UnitFiles.Install;

/// <summary>The units of one operation, in the order in which they were named; Also= adds to them while they are worked on.</summary>
internal sealed class InstallContext
{
    /// <summary>Two instances named in Also= of a template double with every step.</summary>
    private const int MaxUnits = 1_000;

    private readonly Dictionary<string, InstallInfo> _known = new(StringComparer.Ordinal);
    private readonly Queue<InstallInfo> _waiting = new();

    public InstallInfo? Find(string name) => _known.GetValueOrDefault(name);

    /// <summary>The known unit of that name, or a new one to be worked on.</summary>
    public InstallError Add(string name, string? path, bool auxiliary, out InstallInfo info)
    {
        info = null!;
        if (!UnitName.IsValid(name))
        {
            return InstallError.Invalid;
        }

        if (_known.TryGetValue(name, out var known))
        {
            known.Auxiliary &= auxiliary;
            info = known;
            return InstallError.None;
        }

        if (_known.Count >= MaxUnits)
        {
            return InstallError.TooMany;
        }

        info = new InstallInfo(name, path, auxiliary);
        _known.Add(name, info);
        _waiting.Enqueue(info);
        return InstallError.None;
    }

    public InstallInfo? TakeNext() => _waiting.TryDequeue(out var info) ? info : null;
}
