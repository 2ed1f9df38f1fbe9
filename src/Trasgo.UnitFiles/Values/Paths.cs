using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>What a path in a directive must be.</summary>
internal static class Paths
{
    /// <summary>null and the simplified path, or what is wrong.</summary>
    public static string? Check(string path, PathForm form, out string simple)
    {
        simple = path;
        if (ByteText.HasRawBytes(path))
        {
            return "is not valid UTF-8";
        }

        if (form == PathForm.Absolute && !PathText.IsAbsolute(path))
        {
            return "is not an absolute path";
        }

        if (form == PathForm.Relative && PathText.IsAbsolute(path))
        {
            return "is not a relative path";
        }

        simple = PathText.Simplify(path);
        if (simple.Length is 0 or > PathText.MaxPath || HasLongComponent(simple))
        {
            return "is not a path of valid length";
        }

        return PathText.IsNormalized(simple) ? null : "is not a normalized path";
    }

    public static bool IsFileName(string name) =>
        name.Length is > 0 and <= PathText.MaxComponent && name is not ("." or "..") && !name.Contains('/', StringComparison.Ordinal);

    public static bool IsDeviceNode(string path) =>
        (IsBelow(path, "/dev/") || IsBelow(path, "/run/systemd/inaccessible/")) && !path.EndsWith('/') && PathText.IsNormalized(path);

    /// <summary>Both ends simplified: whether the path is the prefix or lies below it.</summary>
    public static bool StartsWith(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal) && (path.Length == prefix.Length || path[prefix.Length] == '/');

    /// <summary>/var/run/ is long since /run/ under another name; systemd rewrites it in the settings that outlive a mount.</summary>
    public static string PatchVarRun(string path) =>
        IsBelow(path, "/var/run/") ? string.Concat("/run/", path["/var/run/".Length..].TrimStart('/')) : path;

    private static bool IsBelow(string path, string prefix) =>
        path.Length > prefix.Length && path.StartsWith(prefix, StringComparison.Ordinal);

    private static bool HasLongComponent(string path)
    {
        foreach (var range in path.AsSpan().Split('/'))
        {
            var (_, length) = range.GetOffsetAndLength(path.Length);
            if (length > PathText.MaxComponent / 3 && ByteText.Encode(path[range]).Length > PathText.MaxComponent)
            {
                return true;
            }
        }

        return false;
    }
}
