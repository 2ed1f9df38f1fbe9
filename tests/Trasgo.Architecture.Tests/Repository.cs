using System.Runtime.CompilerServices;

namespace Trasgo.Architecture.Tests;

/// <summary>The files these tests are about: what lies in the work tree next to this source file.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string relativePath) => File.ReadAllText(Path.Combine(Root, relativePath));

    /// <summary>Relative paths, build output left out.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder))
            ? [.. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(Root, path))
                .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts"))
                .Order(StringComparer.Ordinal)]
            : [];

    private static string FindRoot([CallerFilePath] string self = "")
    {
        for (var folder = Path.GetDirectoryName(self); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Trasgo.slnx")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("Trasgo.slnx is not above " + self);
    }
}
