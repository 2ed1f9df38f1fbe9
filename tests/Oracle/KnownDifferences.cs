namespace Trasgo.Oracle;

/// <summary>
/// The lines of known-differences.txt, "CASE:LINE REASON" or "CASE REASON": steps, or whole cases, that are known to differ from systemd.
/// They keep the rest of a case checked.
/// </summary>
internal sealed class KnownDifferences
{
    private readonly Dictionary<string, string> _reasons = [];

    public KnownDifferences(string path)
    {
        foreach (string line in File.ReadAllLines(path))
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line[0] != '#')
            {
                _reasons[line[..space]] = line[space..].Trim();
            }
        }
    }

    public IEnumerable<string> Keys => _reasons.Keys;

    public string? OfCase(string name) => _reasons.GetValueOrDefault(name);

    public string? OfStep(string name, Step step) => _reasons.GetValueOrDefault($"{name}:{step.Line}");
}
