using Trasgo.Linux;
using Trasgo.UnitFiles.LoadPath;

namespace Trasgo.Manager;

/// <summary>
/// generator/, generator.early/ and generator.late/: made fresh for every run, and taken away again when nothing was put in.
/// They are emptied without following a link out of them.
/// </summary>
internal sealed class GeneratorDirectories(UnitSearchPath search)
{
    private const int MaximumDepth = 64;

    /// <summary>Null where this manager has no such directories.</summary>
    public (string Normal, string Early, string Late)? Paths =>
        search is { Generator: { } normal, GeneratorEarly: { } early, GeneratorLate: { } late } ? (normal, early, late) : null;

    public Errno MakeFresh()
    {
        var worst = Errno.None;
        foreach (var path in All())
        {
            Remove(path, MaximumDepth);
            var error = FileSystem.MakeDirectories(path, 0x1ED);
            worst = error == Errno.None ? worst : error;
        }

        return worst;
    }

    public void RemoveEmpty()
    {
        foreach (var path in All())
        {
            _ = FileSystem.RemoveDirectory(path);
        }
    }

    private string[] All() => Paths is { } paths ? [paths.Normal, paths.Early, paths.Late] : [];

    private static void Remove(string path, int depth)
    {
        var status = FileSystem.Status(path, followLinks: false);
        if (status is not { Ok: true, Value.IsDirectory: true })
        {
            _ = FileSystem.Remove(path);
            return;
        }

        try
        {
            foreach (var entry in depth > 0 ? Directory.GetFileSystemEntries(path) : [])
            {
                Remove(entry, depth - 1);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read cannot be emptied: the removal below fails and the old files stay.
        }

        _ = FileSystem.RemoveDirectory(path);
    }
}
