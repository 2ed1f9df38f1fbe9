namespace Trasgo.Oracle;

/// <summary>
/// The lines of known-differences.txt, "CASE:LINE REASON" or "CASE REASON": steps, or whole cases, that are known to differ from systemd.
/// They keep the rest of a case checked. A line whose step has become equal has to go, unless a "~" before it says that systemd differs
/// from itself there.
/// </summary>
internal sealed class KnownDifferences
{
    private const char Race = '~';

    private readonly Dictionary<string, string> _reasons = [];
    private readonly HashSet<string> _races = [];

    public KnownDifferences(string path)
        : this(File.ReadAllLines(path))
    {
    }

    public KnownDifferences(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line[0] != '#')
            {
                string key = line[..space].TrimStart(Race);
                _reasons[key] = line[space..].Trim();
                if (line[0] == Race)
                {
                    _races.Add(key);
                }
            }
        }
    }

    public IEnumerable<string> Keys => _reasons.Keys;

    public string? OfCase(string name) => _reasons.GetValueOrDefault(name);

    public string? OfStep(string name, Step step) => _reasons.GetValueOrDefault(KeyOf(name, step));

    /// <summary>Whether the step, which has come out equal, is listed as one that never does.</summary>
    public bool IsObsolete(string name, Step step) => KeyOf(name, step) is var key && _reasons.ContainsKey(key) && !_races.Contains(key);

    /// <summary>The same of a whole case.</summary>
    public bool IsObsolete(string name) => _reasons.ContainsKey(name) && !_races.Contains(name);

    private static string KeyOf(string name, Step step) => $"{name}:{step.Line}";
}
