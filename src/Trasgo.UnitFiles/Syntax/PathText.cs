using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>Paths as text, without looking at any file.</summary>
internal static class PathText
{
    /// <summary>Kernel limits: a component and a whole path, without the terminating NUL.</summary>
    public const int MaxComponent = 255;
    public const int MaxPath = 4095;

    public static bool IsAbsolute(string path) => path.Length > 0 && path[0] == '/';

    /// <summary>Drops doubled slashes, "." components and a trailing slash; ".." stays.</summary>
    public static string Simplify(string path)
    {
        var result = new StringBuilder(path.Length);
        if (IsAbsolute(path))
        {
            result.Append('/');
        }

        var first = true;
        foreach (var range in path.AsSpan().Split('/'))
        {
            var component = path.AsSpan(range);
            if (component.Length == 0 || component is ".")
            {
                continue;
            }

            if (!first)
            {
                result.Append('/');
            }

            first = false;
            result.Append(component);
        }

        return result.Length == 0 && path.Length > 0 && path[0] != '/' ? "." : result.ToString();
    }

    /// <summary>Non-empty, of acceptable lengths, and with no ".." component.</summary>
    public static bool IsSafe(string path)
    {
        if (path.Length is 0 or > MaxPath || path.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range) is ".." or { Length: > MaxComponent })
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Safe, and with neither "." components nor doubled slashes.</summary>
    public static bool IsNormalized(string path)
    {
        if (!IsSafe(path) || path.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in path.AsSpan().Split('/'))
        {
            if (path.AsSpan(range) is ".")
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the path likely names a device: something below /dev or /sys.</summary>
    public static bool IsDevice(string path)
    {
        if (!IsAbsolute(path))
        {
            return false;
        }

        var simple = Simplify(path);
        return simple.StartsWith("/dev/", StringComparison.Ordinal) || simple.StartsWith("/sys/", StringComparison.Ordinal);
    }

    public static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>The directory part, "/" for what lies in the root, empty for a bare file name.</summary>
    public static string Directory(string path)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path[..slash];
    }

    public static string Join(string directory, string name) =>
        directory.EndsWith('/') ? directory + name : $"{directory}/{name}";
}
