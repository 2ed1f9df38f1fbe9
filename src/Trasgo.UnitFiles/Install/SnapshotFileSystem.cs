using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>Remembers what it read, for a question that looks at the same directories once for every unit. It writes nothing.</summary>
internal sealed class SnapshotFileSystem(IUnitFileSystem files) : IUnitFileSystem
{
    private readonly Dictionary<string, HashSet<string>> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FileEntry[]> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, bool), (FileKind, FileStamp)> _stamps = [];

    public FileKind Stat(string path, bool followLinks, out FileStamp stamp)
    {
        if (IsKnownMissing(path))
        {
            stamp = default;
            return FileKind.Missing;
        }

        if (!_stamps.TryGetValue((path, followLinks), out var known))
        {
            var kind = files.Stat(path, followLinks, out stamp);
            _stamps.Add((path, followLinks), known = (kind, stamp));
        }

        stamp = known.Item2;
        return known.Item1;
    }

    public string[] List(string directory) => Array.ConvertAll(Entries(directory), static e => e.Name);

    public FileEntry[] Entries(string directory)
    {
        if (!_entries.TryGetValue(directory, out var entries))
        {
            if (IsKnownMissing(directory))
            {
                return [];
            }

            _entries.Add(directory, entries = files.Entries(directory));
            _names.Add(directory, entries.Select(static e => e.Name).ToHashSet(StringComparer.Ordinal));
        }

        return entries;
    }

    public string? ReadLink(string path)
    {
        if (!_links.TryGetValue(path, out var target))
        {
            _links.Add(path, target = files.ReadLink(path));
        }

        return target;
    }

    public byte[]? Read(string path, int limit, out FileError error) => files.Read(path, limit, out error);

    public FileError WriteSymlink(string target, string path, bool replace = false) => FileError.ReadOnly;

    public FileError Remove(string path) => FileError.ReadOnly;

    public FileError MakeDirectories(string path) => FileError.ReadOnly;

    public FileError WriteAtomically(string path, ReadOnlySpan<byte> contents) => FileError.ReadOnly;

    public FileError RemoveDirectoryIfEmpty(string path) => FileError.ReadOnly;

    /// <summary>Most questions are for what is not there, and the listing of the directory above knows that.</summary>
    private bool IsKnownMissing(string path) =>
        _names.TryGetValue(PathText.Directory(path), out var names) && !names.Contains(PathText.FileName(path));
}
