using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.LoadPath;

/// <summary>
/// All that files say about one unit at one moment: the assignments of its fragment and then of its drop-ins, in the
/// order in which they take effect, the units its links want and require, and the times by which a later change is seen.
/// </summary>
internal sealed class UnitFileSource
{
    /// <summary>No unit file is this long; a device or a sparse file must not be read to its end.</summary>
    public const int SizeLimit = 16 * 1024 * 1024;

    private UnitFileSource(UnitName id, UnitFileLookup lookup)
    {
        Id = id;
        Lookup = lookup;
    }

    /// <summary>The unit's main name, which may differ from the one asked for.</summary>
    public UnitName Id { get; }

    public UnitFileLookup Lookup { get; }

    public string? FragmentPath => Lookup.FragmentPath;

    public bool IsMasked => Lookup.IsMasked;

    /// <summary>In the order of reading.</summary>
    public List<string> DropInPaths { get; private init; } = [];

    public IReadOnlyList<Assignment> Assignments { get; private set; } = [];

    public List<UnitFileDependency> Wants { get; private init; } = [];

    public List<UnitFileDependency> Requires { get; private init; } = [];

    /// <summary>Why the fragment was not read to its end: the unit's LoadState is "error" then. Drop-ins only warn.</summary>
    public ParseFailure Failure { get; private set; }

    /// <summary>Why the fragment was not read at all.</summary>
    public FileError ReadError { get; private set; }

    /// <summary>The time of the fragment, 0 without one and for a mask.</summary>
    public ulong FragmentModifiedUsec { get; private set; }

    /// <summary>The latest time of all drop-ins.</summary>
    public ulong DropInModifiedUsec { get; private set; }

    /// <summary>What is worth keeping when the assignments have been taken.</summary>
    public UnitFileStamps Stamps => new(Id, Lookup, FragmentModifiedUsec, DropInPaths, DropInModifiedUsec);

    /// <summary>
    /// With <paramref name="requiresFragment"/>, drop-ins alone make no unit and are not read. Files of templates are read where
    /// <paramref name="templates"/> does not have them.
    /// </summary>
    public static UnitFileSource Load(
        UnitSearchPath search, IUnitFileSystem files, UnitFileIndex index, UnitName name, IDiagnostics sink, bool requiresFragment = false,
        ParsedFiles? templates = null)
    {
        var lookup = index.Lookup(name);
        var id = lookup.Id != name.Text && UnitName.TryParse(lookup.Id, out var main) ? main : name;
        if (requiresFragment && lookup.FragmentPath is null)
        {
            return new UnitFileSource(id, lookup);
        }

        var source = new UnitFileSource(id, lookup)
        {
            DropInPaths = DropIns.Find(search, files, id, lookup.Names, index),
            Wants = DropIns.FindDependencies(search, files, id, lookup.Names, ".wants", sink, index),
            Requires = DropIns.FindDependencies(search, files, id, lookup.Names, ".requires", sink, index),
        };
        var known = id.IsInstance ? templates : null;
        source.ReadFragment(files, sink, known);
        source.ReadDropIns(files, sink, known);
        return source;
    }

    /// <summary>As UnitFileStamps.IsOutdated.</summary>
    public bool IsOutdated(UnitSearchPath search, IUnitFileSystem files, UnitFileIndex? index = null) =>
        Stamps.IsOutdated(search, files, index);

    private void ReadFragment(IUnitFileSystem files, IDiagnostics sink, ParsedFiles? known)
    {
        if (FragmentPath is not { } path || IsMasked)
        {
            return;
        }

        if (Read(path, files, sink, known, out var stamp, out var error) is not { } parsed)
        {
            ReadError = error;
            return;
        }

        FragmentModifiedUsec = stamp.ModifiedUsec;
        Assignments = parsed.Assignments;
        Failure = parsed.Failure;
    }

    private void ReadDropIns(IUnitFileSystem files, IDiagnostics sink, ParsedFiles? known)
    {
        foreach (var path in DropInPaths)
        {
            if (files.IsNullOrEmpty(path))
            {
                continue;
            }

            if (Read(path, files, sink, known, out var stamp, out var error) is not { } parsed)
            {
                sink.Add(new Diagnostic(Severity.Warning, Id.Text, path, 0, null, $"Failed to read drop-in, ignoring: {error}"));
                continue;
            }

            DropInModifiedUsec = Math.Max(DropInModifiedUsec, stamp.ModifiedUsec);
            Assignments = [.. Assignments, .. parsed.Assignments];
        }
    }

    private ParsedUnitFile? Read(string path, IUnitFileSystem files, IDiagnostics sink, ParsedFiles? known, out FileStamp stamp, out FileError error)
    {
        files.Stat(path, followLinks: true, out stamp);
        error = FileError.None;
        if (known?.Find(path, stamp) is { } parsed)
        {
            return parsed;
        }

        if (files.Read(path, SizeLimit, out error) is not { } bytes)
        {
            return null;
        }

        var sections = UnitSections.Known(Id.Type);
        return known is null ? UnitFileParser.Read(bytes, path, sink, sections, Id.Text) : known.Parse(bytes, path, stamp, sections, Id.Text, sink);
    }
}
