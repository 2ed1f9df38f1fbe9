using System.IO.Enumeration;

namespace Trasgo.Exec;

/// <summary>Patterns of glob(3) in absolute paths: "*" and "?" within a component, a leading dot only if it stands in the pattern.</summary>
internal static class PathPattern
{
    private const int MaximumMatches = 4096;

    /// <summary>What exists and matches, sorted. A path without a pattern is itself, if it exists.</summary>
    public static List<string> Expand(string pattern)
    {
        var matches = new List<string> { "/" };
        foreach (var component in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = new List<string>();
            foreach (var directory in matches)
            {
                Step(directory, component, next);
            }

            matches = next;
        }

        matches.Sort(StringComparer.Ordinal);
        return matches;
    }

    private static void Step(string directory, string component, List<string> next)
    {
        if (component.AsSpan().IndexOfAny('*', '?') < 0)
        {
            var path = Path.Combine(directory, component);
            if (Path.Exists(path))
            {
                next.Add(path);
            }

            return;
        }

        try
        {
            foreach (var entry in Directory.EnumerateFileSystemEntries(directory))
            {
                var name = Path.GetFileName(entry);
                var hidden = name.StartsWith('.') && !component.StartsWith('.');
                if (!hidden && next.Count < MaximumMatches && FileSystemName.MatchesSimpleExpression(component, name, ignoreCase: false))
                {
                    next.Add(entry);
                }
            }
        }
        catch (IOException)
        {
            // No directory, so nothing in it matches.
        }
        catch (UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
