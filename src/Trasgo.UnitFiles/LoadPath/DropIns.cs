using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// The drop-in directories of a unit. For foo-bar@i.service they are, each through the whole search path: its own, its
/// template's, those of the names cut off behind a dash (foo-@i.service.d, foo-.service.d), then the same for its aliases,
/// and service.d last. The first file of a name wins; the order of reading is that of the file names.
/// </summary>
internal static class DropIns
{
    /// <summary>The .conf files in the order in which they are read; masked ones are among them, and are empty.</summary>
    public static List<string> Find(
        UnitSearchPath search, IUnitFileSystem files, UnitName id, IEnumerable<string> aliases, UnitFileIndex? index = null) =>
        FilesOf(files, Directories(search, files, id, aliases, ".d", index), ".conf");

    /// <summary>Everything in foo.target.wants/ and its like, in order of names.</summary>
    public static List<string> FindLinks(
        UnitSearchPath search, IUnitFileSystem files, UnitName id, IEnumerable<string> aliases, string suffix,
        UnitFileIndex? index = null) =>
        FilesOf(files, Directories(search, files, id, aliases, suffix, index), "");

    /// <summary>The units wanted (".wants") or required (".requires") by links, with the path of each link.</summary>
    public static List<UnitFileDependency> FindDependencies(
        UnitSearchPath search, IUnitFileSystem files, UnitName id, IEnumerable<string> aliases, string suffix,
        IDiagnostics sink, UnitFileIndex? index = null)
    {
        var result = new List<UnitFileDependency>();
        foreach (var path in FindLinks(search, files, id, aliases, suffix, index))
        {
            if (Check(files, id, suffix, path, sink) is { } name)
            {
                result.Add(new UnitFileDependency(name, path));
            }
        }

        return result;
    }

    /// <summary>The files with that ending, each name from the first directory that has it, in order of names.</summary>
    public static List<string> FilesOf(IUnitFileSystem files, IEnumerable<string> directories, string ending)
    {
        if (directories is IReadOnlyCollection<string> { Count: 0 })
        {
            return [];
        }

        var byName = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in directories)
        {
            foreach (var name in files.List(directory))
            {
                if (name.EndsWith(ending, StringComparison.Ordinal) && !HiddenFile.Is(name))
                {
                    byName.TryAdd(name, PathText.Join(directory, name));
                }
            }
        }

        return [.. byName.Values];
    }

    private static UnitName? Check(IUnitFileSystem files, UnitName id, string suffix, string path, IDiagnostics sink)
    {
        var entry = PathText.FileName(path);
        if (files.IsNullOrEmpty(path))
        {
            return null;
        }

        var kind = suffix is ".wants" ? "Wants" : "Requires";
        void Warn(string message) => sink.Add(new Diagnostic(Severity.Warning, id.Text, path, 0, null, message));
        if (files.ReadLink(path) is not { } target)
        {
            Warn($"{kind} dependency dropin {path} is not a symlink, ignoring.");
            return null;
        }

        if (!UnitName.TryParse(entry, out var name))
        {
            Warn($"{kind} dependency dropin {path} is not a valid unit name, ignoring.");
            return null;
        }

        if (!UnitLinks.NameFits(entry, PathText.FileName(target), propagate: id.Instance is not null))
        {
            Warn($"{kind} dependency dropin {path} target {target} has different name");
        }

        if (!name.IsTemplate)
        {
            return name;
        }

        // foo@.target.wants/bar@.service hands the wanter's instance on.
        if (id.IsInstance && name.WithInstance(id.Instance!) is { } instance)
        {
            return instance;
        }

        Warn($"Cannot add {kind} dependency on {entry}, ignoring: Invalid argument");
        return null;
    }

    private static List<string> Directories(
        UnitSearchPath search, IUnitFileSystem files, UnitName id, IEnumerable<string> aliases, string suffix,
        UnitFileIndex? index)
    {
        var found = new List<string>();
        AddNamesOf(id);
        var isAlone = aliases is IReadOnlySet<string> { Count: 1 } set && set.Contains(id.Text);
        foreach (var alias in isAlone ? [] : aliases.Where(a => !string.Equals(a, id.Text, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList())
        {
            if (UnitName.TryParse(alias, out var name))
            {
                AddNamesOf(name);
            }
        }

        AddAll([id.Type.ToText()]);
        return found;

        void AddNamesOf(UnitName name)
        {
            if (index is null || index.MayHaveDirectories(name))
            {
                AddAll(DropInNames.Of(name));
            }
        }

        // A directory of higher priority goes before a more specific name, as in systemd.
        void AddAll(List<string> names)
        {
            foreach (var path in index is null ? OnDisk(search, files, names, suffix) : Indexed(index, names, suffix))
            {
                if (PathChaser.Chase(files, path) is { } resolved && !found.Contains(resolved, StringComparer.Ordinal))
                {
                    found.Add(resolved);
                }
            }
        }
    }

    private static IEnumerable<string> OnDisk(UnitSearchPath search, IUnitFileSystem files, List<string> names, string suffix)
    {
        foreach (var directory in search.All)
        {
            foreach (var name in names)
            {
                var path = PathText.Join(directory, name + suffix);
                if (files.Exists(path))
                {
                    yield return path;
                }
            }
        }
    }

    private static List<string> Indexed(UnitFileIndex index, List<string> names, string suffix)
    {
        var hits = new List<(int Rank, int Order, string Path)>();
        for (var i = 0; i < names.Count; i++)
        {
            foreach (var (rank, path) in index.DirectoriesNamed(names[i] + suffix))
            {
                hits.Add((rank, i, path));
            }
        }

        hits.Sort(static (a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Order.CompareTo(b.Order));
        return hits.ConvertAll(static h => h.Path);
    }
}
