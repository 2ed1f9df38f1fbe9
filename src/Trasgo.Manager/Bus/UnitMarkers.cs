using Trasgo.Engine.Units;

namespace Trasgo.Manager.Bus;

/// <summary>needs-reload and needs-restart, which package managers set and EnqueueMarkedJobs acts upon.</summary>
internal sealed class UnitMarkers
{
    public const string NeedsReload = "needs-reload";
    public const string NeedsRestart = "needs-restart";

    private const string BadSetting = "org.freedesktop.systemd1.BadUnitSetting";
    private readonly Dictionary<Unit, HashSet<string>> _marked = [];

    public IEnumerable<Unit> All => _marked.Keys;

    public IEnumerable<string> Of(Unit unit)
    {
        var markers = _marked.GetValueOrDefault(unit);
        return markers is null ? [] : Ordered(markers);
    }

    /// <summary>"+a" adds, "-a" takes away, "a" replaces all; the last cannot be mixed with the others.</summary>
    public BusFailure? Change(Unit unit, IReadOnlyList<string> words)
    {
        var relative = words.Any(static word => word.StartsWith('+') || word.StartsWith('-'));
        var absolute = words.Any(static word => !word.StartsWith('+') && !word.StartsWith('-'));
        if (words.FirstOrDefault(static word => word.TrimStart('+', '-') is not (NeedsReload or NeedsRestart)) is { } unknown)
        {
            return new BusFailure(BadSetting, $"Unknown marker \"{unknown.TrimStart('+', '-')}\".");
        }

        if (relative && absolute)
        {
            return new BusFailure(BadSetting, "Bad marker syntax.");
        }

        var markers = relative && _marked.TryGetValue(unit, out var known) ? known : [];
        foreach (var word in words)
        {
            if (word[0] == '-')
            {
                markers.Remove(word[1..]);
            }
            else
            {
                markers.Add(word.TrimStart('+'));
            }
        }

        Store(unit, markers);
        return null;
    }

    public void Forget(Unit unit) => _marked.Remove(unit);

    private void Store(Unit unit, HashSet<string> markers)
    {
        if (markers.Count == 0)
        {
            _marked.Remove(unit);
        }
        else
        {
            _marked[unit] = markers;
        }
    }

    private static IEnumerable<string> Ordered(HashSet<string> markers)
    {
        if (markers.Contains(NeedsReload))
        {
            yield return NeedsReload;
        }

        if (markers.Contains(NeedsRestart))
        {
            yield return NeedsRestart;
        }
    }
}
