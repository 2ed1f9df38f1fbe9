using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// Every unit file of the search path by name, with the aliases that symlinks make. Built in one pass over the
/// directories and never changed; a new one is built when <see cref="IsStale"/> says that a directory was.
/// </summary>
internal sealed class UnitFileIndex
{
    /// <summary>An alias of an alias is followed this often, as in systemd.</summary>
    private const int MaxHops = 8;

    private readonly UnitSearchPath _search;
    private readonly FileStamp[] _stamps;
    private readonly Dictionary<string, string> _targets;
    private readonly Dictionary<string, List<string>> _names;
    private readonly HashSet<string> _masks;
    private readonly HashSet<string> _links;
    private readonly Dictionary<string, List<(int Rank, string Path)>> _directories;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _beginnings;

    private UnitFileIndex(UnitSearchPath search, FileStamp[] stamps, UnitFileScan scan)
    {
        _search = search;
        _stamps = stamps;
        _targets = scan.Targets;
        _masks = scan.Masks;
        _links = scan.Links;
        _directories = scan.Directories;
        _names = GroupByFragment();
        _beginnings = _directories.Keys.Select(static name => BeginningOf(name).ToString()).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public IEnumerable<string> AllNames => _targets.Keys;

    public static UnitFileIndex Build(UnitSearchPath search, IUnitFileSystem files, IDiagnostics? sink = null)
    {
        // The stamps are taken first: what changes while we read makes the index stale at once.
        var stamps = StampsOf(search, files);
        return new UnitFileIndex(search, stamps, UnitFileScan.Run(search, files, sink ?? NullDiagnostics.Instance));
    }

    public bool IsStale(IUnitFileSystem files) => !StampsOf(_search, files).AsSpan().SequenceEqual(_stamps);

    /// <summary>The directories of that name, as "foo.service.d", with the ranks of the search directories they are in.</summary>
    public IReadOnlyList<(int Rank, string Path)> DirectoriesNamed(string name) =>
        _directories.TryGetValue(name, out var found) ? found : [];

    /// <summary>
    /// Whether the unit may have a directory of one of the names it goes by: most have none, and of those that come by the thousand, the instances that
    /// serve connections, the names need not be made up only to find that out.
    /// </summary>
    public bool MayHaveDirectories(UnitName name) => _beginnings.Contains(BeginningOf(name.Text));

    /// <summary>null if no file of the search path has or aliases the name.</summary>
    public UnitFileLookup? Find(UnitName name) => Lookup(name) is { Exists: true } lookup ? lookup : null;

    /// <summary>As Find, but a unit without a file still gets its names.</summary>
    public UnitFileLookup Lookup(UnitName name)
    {
        if (FragmentOfOrdinaryInstance(name) is { } own)
        {
            var only = new HashSet<string>(StringComparer.Ordinal) { name.Text };
            return new UnitFileLookup(name.Text, own, only, _masks.Contains(own), _links.Contains(own), IsLoop: false);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        AddNames(names, name, name.Text, fragmentName: null);
        var fragment = Resolve(name.Text, out var loop);
        if (fragment is null && !loop && name.IsInstance)
        {
            fragment = Resolve(name.Template!.Text, out loop);
        }

        if (fragment is null)
        {
            return new UnitFileLookup(name.Text, null, names, IsMasked: false, IsLinked: false, loop);
        }

        var fragmentName = PathText.FileName(fragment);
        if (!string.Equals(fragmentName, name.Text, StringComparison.Ordinal))
        {
            AddNames(names, name, fragmentName, fragmentName);
        }

        // A file for this very instance elsewhere keeps its name from becoming the main one, though the unit has it.
        var main = OfInstance(name, fragmentName) ?? fragmentName;
        var id = names.Contains(main) ? main : name.Text;
        names = names.Select(n => OfInstance(name, n) ?? n).ToHashSet(StringComparer.Ordinal);
        return new UnitFileLookup(id, fragment, names, _masks.Contains(fragment), _links.Contains(fragment), IsLoop: false);
    }

    /// <summary>The file of the template, if neither it nor the instance goes by any other name.</summary>
    private string? FragmentOfOrdinaryInstance(UnitName name)
    {
        if (!name.IsInstance || _targets.ContainsKey(name.Text) || _names.ContainsKey(name.Text))
        {
            return null;
        }

        var template = name.Template!.Text;
        var isOrdinary = _targets.TryGetValue(template, out var fragment) && PathText.IsAbsolute(fragment)
            && fragment.AsSpan(fragment.LastIndexOf('/') + 1).SequenceEqual(template)
            && (!_names.TryGetValue(template, out var names) || names.Count == 1);
        return isOrdinary ? fragment : null;
    }

    /// <summary>What all names have in common under which a unit's directories are looked for: foo of foo-bar@i.service, of foo-.service and of foo@.service.d.</summary>
    private static ReadOnlySpan<char> BeginningOf(string name)
    {
        var end = name.AsSpan().IndexOfAny('-', '@', '.');
        return end < 0 ? name : name.AsSpan(0, end);
    }

    private static FileStamp[] StampsOf(UnitSearchPath search, IUnitFileSystem files)
    {
        var stamps = new FileStamp[search.All.Count];
        for (var i = 0; i < stamps.Length; i++)
        {
            if (!search.IsOurs(search.All[i]))
            {
                files.Stat(search.All[i], followLinks: true, out stamps[i]);
            }
        }

        return stamps;
    }

    /// <summary>The file a name leads to, through aliases; an instance that an alias names may be had from its template.</summary>
    private string? Resolve(string name, out bool loop)
    {
        loop = false;
        for (var hop = 0; hop < MaxHops; hop++)
        {
            if (!_targets.TryGetValue(name, out var target))
            {
                if (hop == 0 || !UnitName.TryParse(name, out var parsed) || parsed.IsPlain
                    || !_targets.TryGetValue(parsed.Template!.Text, out target))
                {
                    return null;
                }
            }

            if (PathText.IsAbsolute(target))
            {
                return target;
            }

            name = target;
        }

        loop = true;
        return null;
    }

    /// <summary>Fragment's unit name -> all names that lead to it. Masked files have none.</summary>
    private Dictionary<string, List<string>> GroupByFragment()
    {
        var groups = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var source in _targets.Keys)
        {
            if (Resolve(source, out _) is not { } fragment || _masks.Contains(fragment))
            {
                continue;
            }

            // foo@id.service -> template@.service is an alias for this one instance only.
            var destination = PathText.FileName(fragment);
            if (UnitName.TryParse(source, UnitNameFlags.Instance, out var instance)
                && UnitName.TryParse(destination, UnitNameFlags.Template, out var template))
            {
                if (template.WithInstance(instance.Instance!) is not { } built)
                {
                    continue;
                }

                destination = built.Text;
            }

            if (!groups.TryGetValue(destination, out var names))
            {
                groups.Add(destination, names = []);
            }

            names.Add(source);
        }

        return groups;
    }

    /// <summary>The file of an instance is named for the template; as a name of the unit it gets the instance.</summary>
    private static string? OfInstance(UnitName unit, string name) =>
        unit.IsInstance && UnitName.TryParse(name, UnitNameFlags.Template, out var template)
            ? template.WithInstance(unit.Instance!)?.Text
            : null;

    private void AddNames(HashSet<string> names, UnitName unit, string name, string? fragmentName)
    {
        if (!unit.IsTemplate)
        {
            names.Add(name);
        }

        if (!_names.TryGetValue(name, out var aliases))
        {
            return;
        }

        foreach (var alias in aliases)
        {
            if (!unit.IsInstance || !UnitName.TryParse(alias, UnitNameFlags.Template, out var template))
            {
                names.Add(alias);
                continue;
            }

            if (template.WithInstance(unit.Instance!) is not { } instance)
            {
                return;
            }

            // An instance may have a file of its own and then is another unit.
            var elsewhere = Resolve(instance.Text, out var loop);
            if (loop)
            {
                return;
            }

            if (elsewhere is null || fragmentName is null
                || string.Equals(PathText.FileName(elsewhere), fragmentName, StringComparison.Ordinal))
            {
                names.Add(instance.Text);
            }
        }
    }
}
