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

    public HashSet<string> Paths { get; } = new(StringComparer.Ordinal);

    public static UnitFileScan Run(UnitSearchPath search, IUnitFileSystem files, IDiagnostics sink)
    {
        var scan = new UnitFileScan(search, files, sink);
        scan._inside.AddRange(UnitLinkResolver.Expand(search, files));
        foreach (var directory in search.All)
        {
            foreach (var entry in files.Entries(directory))
            {
                scan.Take(directory, entry);
            }
        }

        return scan;
    }

    private void Take(string directory, FileEntry entry)
    {
        var isUnit = UnitName.IsValid(entry.Name);
        var path = PathText.Join(directory, entry.Name);
        switch (entry.Kind)
        {
            case FileKind.Directory when IsUnitDirectory(entry.Name):
                Paths.Add(path);
                break;
            case FileKind.Symlink when !isUnit && IsUnitDirectory(entry.Name)
                && _files.Stat(path, followLinks: true, out _) == FileKind.Directory:
                Paths.Add(path);
                break;
            case FileKind.File when isUnit:
                Paths.Add(path);
                TakeFile(entry.Name, path);
                break;
            case FileKind.Symlink when isUnit:
                Paths.Add(path);
                TakeLink(entry.Name, directory, path);
                break;
        }
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
