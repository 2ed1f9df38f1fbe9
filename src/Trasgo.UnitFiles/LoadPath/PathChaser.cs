using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// Follows symlinks by hand, component by component, so that a link can be looked at on the way and a ring ends after as
/// many hops as systemd allows. What is read may change meanwhile: nothing here is a permission check.
/// </summary>
internal static class PathChaser
{
    private const int MaxLinks = 32;

    /// <summary>The path with all links resolved; null if anything on the way is missing or links run in a ring.</summary>
    public static string? Chase(ILinkReader files, string path) => Walk(files, path, followLast: true, allowMissing: false, out _);

    /// <summary>The path with the links of its directories resolved, whether or not it exists.</summary>
    public static string? ChaseParent(ILinkReader files, string path) =>
        Walk(files, path, followLast: false, allowMissing: true, out _);

    /// <summary>The path with all links resolved, whether or not it exists; null for a ring.</summary>
    public static string? ChaseTarget(ILinkReader files, string path) => ChaseTarget(files, path, out _);

    /// <summary>As ChaseTarget, and says whether it was a ring that gave no path.</summary>
    public static string? ChaseTarget(ILinkReader files, string path, out bool ring) =>
        Walk(files, path, followLast: true, allowMissing: true, out ring);

    /// <summary>The text of a link as a path: what is relative starts at the link's directory.</summary>
    public static string Absolute(string linkPath, string target) =>
        PathText.IsAbsolute(target) ? target : PathText.Join(PathText.Directory(linkPath), target);

    private static string? Walk(ILinkReader files, string path, bool followLast, bool allowMissing, out bool ring)
    {
        ring = false;
        var done = "";
        var todo = new Stack<string>();
        Push(todo, path);
        for (var links = 0; todo.TryPop(out var component);)
        {
            if (string.Equals(component, "..", StringComparison.Ordinal))
            {
                done = done.Length == 0 ? "" : done[..done.LastIndexOf('/')];
                continue;
            }

            var next = $"{done}/{component}";
            if (next.Length > PathText.MaxPath)
            {
                return null;
            }

            if (!followLast && todo.Count == 0)
            {
                return next;
            }

            if (files.ReadLink(next) is { } target)
            {
                ring = ++links > MaxLinks;
                if (ring)
                {
                    return null;
                }

                done = PathText.IsAbsolute(target) ? "" : done;
                Push(todo, target);
                continue;
            }

            if (files.Stat(next, followLinks: false, out _) == FileKind.Missing)
            {
                return allowMissing ? Rest(next, todo) : null;
            }

            done = next;
        }

        return done.Length == 0 ? "/" : done;
    }

    private static void Push(Stack<string> todo, string path)
    {
        var components = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = components.Length - 1; i >= 0; i--)
        {
            if (!string.Equals(components[i], ".", StringComparison.Ordinal))
            {
                todo.Push(components[i]);
            }
        }
    }

    /// <summary>Below what is missing no ".." has a meaning.</summary>
    private static string? Rest(string done, Stack<string> todo)
    {
        while (todo.TryPop(out var component))
        {
            if (string.Equals(component, "..", StringComparison.Ordinal))
            {
                return null;
            }

            done = $"{done}/{component}";
        }

        return done;
    }
}
