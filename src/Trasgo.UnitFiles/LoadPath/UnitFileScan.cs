using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// One pass over the search path. A name maps to the absolute path of its file or, for an alias, to the name it stands
/// for; the first directory that has the name decides. Whether aliases lead anywhere is asked only when they are followed.
/// </summary>
internal sealed class UnitFileScan
{
    private readonly UnitSearchPath _search;
    private readonly IUnitFileSystem _files;
    private readonly IDiagnostics _sink;
    private readonly List<string> _inside = [];

    private UnitFileScan(UnitSearchPath search, IUnitFileSystem files, IDiagnostics sink)
    {
        _search = search;
        _files = files;
        _sink = sink;
    }

    public Dictionary<string, string> Targets { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Masks { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Directories for drop-ins and dependencies by name, each with the rank of the search directory it is in.</summary>
    public Dictionary<string, List<(int Rank, string Path)>> Directories { get; } = new(StringComparer.Ordinal);

    public static UnitFileScan Run(UnitSearchPath search, IUnitFileSystem files, IDiagnostics sink)
    {
        var scan = new UnitFileScan(search, files, sink);
        scan._inside.AddRange(UnitLinkResolver.Expand(search, files));
        for (var rank = 0; rank < search.All.Count; rank++)
        {
            foreach (var entry in files.Entries(search.All[rank]))
            {
                scan.Take(rank, entry);
            }
        }

        return scan;
    }

    private void Take(int rank, FileEntry entry)
    {
        var directory = _search.All[rank];
        switch (entry.Kind)
        {
            case FileKind.File when UnitName.IsValid(entry.Name):
                TakeFile(entry.Name, PathText.Join(directory, entry.Name));
                break;
            case FileKind.Symlink when UnitName.IsValid(entry.Name):
                TakeLink(entry.Name, directory, PathText.Join(directory, entry.Name));
                break;
            case FileKind.Directory when IsUnitDirectory(entry.Name):
                TakeDirectory(rank, entry.Name, PathText.Join(directory, entry.Name));
                break;
            case FileKind.Symlink when IsUnitDirectory(entry.Name)
                && _files.Stat(PathText.Join(directory, entry.Name), followLinks: true, out _) == FileKind.Directory:
                TakeDirectory(rank, entry.Name, PathText.Join(directory, entry.Name));
                break;
        }
    }

    private void TakeDirectory(int rank, string name, string path)
    {
        if (!Directories.TryGetValue(name, out var found))
        {
            Directories.Add(name, found = []);
        }

        found.Add((rank, path));
    }

    private void TakeFile(string name, string path)
    {
        if (Targets.TryAdd(name, path))
        {
            NoteMask(path);
        }
    }

    private void TakeLink(string name, string directory, string path)
    {
        if (Targets.ContainsKey(name))
        {
            return;
        }

        var link = UnitLinkResolver.Resolve(_files, _inside, directory, name, _sink);
        switch (link.Kind)
        {
            case UnitLinkKind.Alias:
                Targets.Add(name, PathText.FileName(link.Target));
                break;
            case UnitLinkKind.Linked:
                Targets.Add(name, path);
                Links.Add(path);
                NoteMask(path);
                break;
        }
    }

    /// <summary>An empty file masks a unit as well as a device node does.</summary>
    private void NoteMask(string path)
    {
        if (_files.IsNullOrEmpty(path))
        {
            Masks.Add(path);
        }
    }

    /// <summary>foo.service.d, foo.target.wants, service.d and their like.</summary>
    private static bool IsUnitDirectory(string name)
    {
        foreach (var suffix in (ReadOnlySpan<string>)[".wants", ".requires", ".d"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal))
            {
                var unit = name[..^suffix.Length];
                return UnitName.IsValid(unit) || UnitTypes.TryParse(unit, out _);
            }
        }

        return false;
    }
}
