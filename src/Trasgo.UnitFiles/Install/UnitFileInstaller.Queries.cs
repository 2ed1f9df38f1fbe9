using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Install;

/// <summary>What the files say now: is-enabled, list-unit-files, get-default.</summary>
internal sealed partial class UnitFileInstaller
{
    /// <summary>The unit that default.target stands for.</summary>
    public InstallError GetDefault(out string name)
    {
        var error = new Operation(this, _section).Loader.Lookup(
            new InstallContext(), "default.target", SearchFlags.FollowConfigSymlinks, out var info);
        name = error == InstallError.None ? info.Name : "";
        return error;
    }

    public InstallError GetState(string name, out UnitFileState state) =>
        GetState(_files, new EnablementFinder(_search, _files, _roles), name, out state);

    /// <summary>
    /// Every unit file once, from the first directory that has it. Empty patterns and states let everything pass.
    /// </summary>
    public List<UnitFileEntry> ListUnitFiles(IReadOnlyList<string>? states = null, IReadOnlyList<string>? patterns = null)
    {
        var result = new List<UnitFileEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        // Each state needs a look into every directory: those are read once here.
        var files = new SnapshotFileSystem(_files);
        var finder = new EnablementFinder(_search, files, _roles);
        foreach (var directory in _search.All)
        {
            foreach (var entry in files.Entries(directory))
            {
                if (entry.Kind is not (FileKind.File or FileKind.Symlink) || HiddenFile.Is(entry.Name)
                    || !UnitName.IsValid(entry.Name) || !IsWanted(entry.Name, patterns) || seen.Contains(entry.Name))
                {
                    continue;
                }

                if (GetState(files, finder, entry.Name, out var state) != InstallError.None)
                {
                    state = UnitFileState.Bad;
                }

                if (states is not { Count: > 0 } || states.Contains(state.ToText(), StringComparer.Ordinal))
                {
                    seen.Add(entry.Name);
                    result.Add(new UnitFileEntry(_search.Outside(PathText.Join(directory, entry.Name)), state));
                }
            }
        }

        return result;
    }

    private static bool IsWanted(string name, IReadOnlyList<string>? patterns) =>
        patterns is not { Count: > 0 } || patterns.Any(p => Glob.Matches(p, name));

    private InstallError GetState(IUnitFileSystem files, EnablementFinder finder, string name, out UnitFileState state)
    {
        state = UnitFileState.Bad;
        if (!UnitName.IsValid(name))
        {
            return InstallError.Invalid;
        }

        var loader = new InstallLoader(_search, files, _section, _roles, new ChangeLog(_search), _sink);
        var error = loader.Lookup(new InstallContext(), name, SearchFlags.Load | SearchFlags.FollowConfigSymlinks, out var info);
        if (error == InstallError.None)
        {
            state = info.Mode == InstallMode.Masked
                ? _roles.IsRuntime(info.Path!) ? UnitFileState.MaskedRuntime : UnitFileState.Masked
                : StateOfFile(finder, name, info);
        }

        return error;
    }

    private UnitFileState StateOfFile(EnablementFinder finder, string name, InstallInfo info)
    {
        if (!string.Equals(name, PathText.FileName(info.Path!), StringComparison.Ordinal)
            && !UnitName.IsValid(info.Name, UnitNameFlags.Instance))
        {
            return UnitFileState.Alias;
        }

        if (_roles.IsGenerator(info.Path!))
        {
            return UnitFileState.Generated;
        }

        if (_roles.IsTransient(info.Path!))
        {
            return UnitFileState.Transient;
        }

        if (finder.Find(info, byName: true) is { } state)
        {
            return state;
        }

        // Known by another name it may be in use, though not by any rule of its own.
        if (finder.Find(info, byName: false) is not null)
        {
            return UnitFileState.Indirect;
        }

        return info.HasRules ? UnitFileState.Disabled : info.Also.Count > 0 ? UnitFileState.Indirect : UnitFileState.Static;
    }
}
