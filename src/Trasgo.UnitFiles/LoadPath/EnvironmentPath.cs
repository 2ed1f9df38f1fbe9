using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// A list of directories that an environment variable replaces, or precedes if it ends in a colon: systemd.unit(5).
/// </summary>
internal static class EnvironmentPath
{
    public static List<string> Resolve(IReadOnlyDictionary<string, string> env, string variable, IEnumerable<string> standard)
    {
        var paths = new List<string>();
        var append = true;
        if (env.TryGetValue(variable, out var text))
        {
            append = text.EndsWith(':');
            foreach (var part in (append ? text[..^1] : text).Split(':', StringSplitOptions.RemoveEmptyEntries))
            {
                Add(paths, Absolute(part, env));
            }
        }

        if (append)
        {
            foreach (var path in standard)
            {
                Add(paths, Absolute(path, env));
            }
        }

        return paths;
    }

    private static void Add(List<string> paths, string path)
    {
        if (!paths.Contains(path, StringComparer.Ordinal))
        {
            paths.Add(path);
        }
    }

    /// <summary>A relative directory is relative to where the manager was started, which the shell left in $PWD.</summary>
    private static string Absolute(string path, IReadOnlyDictionary<string, string> env)
    {
        var absolute = PathText.IsAbsolute(path) ? path : PathText.Join(env.GetValueOrDefault("PWD", "/"), path);
        return PathText.Simplify(absolute);
    }
}
