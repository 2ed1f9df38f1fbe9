namespace Trasgo.UnitFiles.LoadPath;

internal static class UnitFileSystemExtensions
{
    /// <summary>Whether the path masks what bears its name: an empty file, or a device node such as /dev/null.</summary>
    public static bool IsNullOrEmpty(this IUnitFileSystem files, string path) =>
        files.Stat(path, followLinks: true, out var stamp) switch
        {
            FileKind.Device => true,
            FileKind.File => stamp.Size <= 0,
            _ => false,
        };

    /// <summary>Whether anything is there, links followed.</summary>
    public static bool Exists(this IUnitFileSystem files, string path) =>
        files.Stat(path, followLinks: true, out _) != FileKind.Missing;
}
