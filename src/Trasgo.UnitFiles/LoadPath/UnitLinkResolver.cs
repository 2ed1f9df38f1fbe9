using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>Decides what a symlink in a unit directory is: an alias if it stays in the search path, else a linked file.</summary>
internal static class UnitLinkResolver
{
    /// <summary>
    /// The search path with, behind each directory, what it resolves to: a link may name either, and the directory itself
    /// may be a link (NixOS).
    /// </summary>
    public static List<string> Expand(UnitSearchPath search, IUnitFileSystem files)
    {
        var expanded = new List<string>(search.All.Count * 2);
        foreach (var directory in search.All)
        {
            expanded.Add(directory);
            if (PathChaser.Chase(files, directory) is { } resolved && !expanded.Contains(resolved, StringComparer.Ordinal))
            {
                expanded.Add(resolved);
            }
        }

        return expanded;
    }

    /// <summary>The kind and the absolute path that the link names; the last component of that is not followed.</summary>
    public static UnitLink Resolve(
        IUnitFileSystem files, List<string> inside, string directory, string name, IDiagnostics sink)
    {
        var path = PathText.Join(directory, name);
        if (files.ReadLink(path) is not { } text)
        {
            Report(sink, Severity.Warning, path, $"Failed to read symlink {path}");
            return UnitLink.Invalid(AliasVerdict.Unreadable);
        }

        if (PathChaser.ChaseParent(files, PathChaser.Absolute(path, text)) is not { } target)
        {
            Report(sink, Severity.Warning, path, $"Failed to resolve symlink {path} pointing to {text}");
            return UnitLink.Invalid(AliasVerdict.Unreadable);
        }

        if (Tail(target, inside) is not { } tail)
        {
            return new UnitLink(UnitLinkKind.Linked, target, AliasVerdict.Valid);
        }

        var verdict = UnitLinks.CheckAlias(name, target, out var message);
        if (verdict != AliasVerdict.Valid)
        {
            Report(sink, verdict == AliasVerdict.Self ? Severity.Debug : Severity.Notice, path, message);
            return UnitLink.Invalid(verdict);
        }

        if (tail.Contains('/', StringComparison.Ordinal))
        {
            Report(sink, Severity.Warning, path, $"Suspicious symlink {path} → {target}, treating as alias.");
        }

        return new UnitLink(UnitLinkKind.Alias, target, AliasVerdict.Valid);
    }

    /// <summary>What follows the first of the directories that the path lies in; null if it lies in none.</summary>
    public static string? Tail(string path, IReadOnlyList<string> directories)
    {
        foreach (var directory in directories)
        {
            if (path.Length > directory.Length && path[directory.Length] == '/'
                && path.StartsWith(directory, StringComparison.Ordinal))
            {
                return path[(directory.Length + 1)..];
            }
        }

        return null;
    }

    private static void Report(IDiagnostics sink, Severity severity, string path, string message) =>
        sink.Add(new Diagnostic(severity, PathText.FileName(path), path, 0, null, message));
}
