using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Engine.Units;

/// <summary>
/// glob(3) with GLOB_BRACE and GLOB_NOSORT, as far as the first match goes. A component without wildcards is looked up and not searched for, and a leading
/// dot must be matched by a dot. Braces multiply, so their number is bounded.
/// </summary>
internal static class PathGlob
{
    private const int MaximumPatterns = 1024;

    /// <summary>A path that matches, whichever the file system names first; null when there is none.</summary>
    public static string? First(string pattern)
    {
        foreach (var expanded in Expand(pattern))
        {
            if (Search("/", Components(expanded), 0) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The component is a pattern and not a name.</summary>
    public static bool HasWildcards(ReadOnlySpan<char> component) => component.ContainsAny('*', '?', '[');

    internal static List<string> Expand(string pattern)
    {
        var done = new List<string>();
        var open = new Stack<string>([pattern]);
        while (open.TryPop(out var next) && done.Count + open.Count < MaximumPatterns)
        {
            if (TakeBrace(next, out var before, out var choices, out var after))
            {
                for (var i = choices.Count - 1; i >= 0; i--)
                {
                    open.Push(before + choices[i] + after);
                }
            }
            else
            {
                done.Add(next);
            }
        }

        return done;
    }

    /// <summary>The first brace with its choices; commas in inner braces belong to those. "{}" and an unclosed one are text.</summary>
    private static bool TakeBrace(string pattern, out string before, out List<string> choices, out string after)
    {
        choices = [];
        before = after = "";
        for (var start = pattern.IndexOf('{'); start >= 0; start = pattern.IndexOf('{', start + 1))
        {
            var depth = 0;
            var from = start + 1;
            choices.Clear();
            for (var i = start; i < pattern.Length; i++)
            {
                depth += pattern[i] == '{' ? 1 : pattern[i] == '}' ? -1 : 0;
                if ((pattern[i] == ',' && depth == 1) || depth == 0)
                {
                    choices.Add(pattern[from..i]);
                    from = i + 1;
                }

                if (depth == 0 && i > start + 1)
                {
                    before = pattern[..start];
                    after = pattern[(i + 1)..];
                    return true;
                }

                if (depth == 0)
                {
                    break;
                }
            }
        }

        return false;
    }

    private static string[] Components(string pattern) => pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static string? Search(string directory, string[] components, int index)
    {
        if (index == components.Length)
        {
            return directory;
        }

        var component = components[index];
        if (!HasWildcards(component))
        {
            var path = Path.Join(directory, component.Replace("\\", "", StringComparison.Ordinal));

            // A dangling link is there too for glob(3).
            return FileSystem.Status(path, followLinks: false).Ok ? Search(path, components, index + 1) : null;
        }

        foreach (var name in Names(directory))
        {
            if ((!name.StartsWith('.') || component.StartsWith('.')) && Glob.Matches(component, name)
                && Search(Path.Join(directory, name), components, index + 1) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static string[] Names(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(directory).Select(static path => Path.GetFileName(path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
