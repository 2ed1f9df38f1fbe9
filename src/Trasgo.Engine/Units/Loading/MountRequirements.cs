using Trasgo.Engine.Jobs;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Engine.Units;

/// <summary>
/// RequiresMountsFor=: a unit comes after every mount on the way to its paths, and requires those that are configured. The
/// mount units may come later than the units that need them, so both sides ask here.
/// </summary>
internal sealed class MountRequirements(EngineContext context)
{
    private readonly Dictionary<string, HashSet<Unit>> _byMountUnit = new(StringComparer.Ordinal);

    private readonly Dictionary<Unit, SortedSet<string>> _paths = [];

    /// <summary>All paths that the unit needs, written in its file or following from other settings.</summary>
    public IEnumerable<string> PathsOf(Unit unit) => _paths.TryGetValue(unit, out var paths) ? paths : [];

    public void Require(Unit unit, string path)
    {
        if (!_paths.TryGetValue(unit, out var paths))
        {
            _paths.Add(unit, paths = new SortedSet<string>(StringComparer.Ordinal));
        }

        paths.Add(path);
        foreach (var prefix in PrefixesOf(path))
        {
            if (UnitName.FromPath(prefix, UnitType.Mount) is not { } name)
            {
                continue;
            }

            if (!_byMountUnit.TryGetValue(name.Text, out var units))
            {
                _byMountUnit.Add(name.Text, units = []);
            }

            units.Add(unit);
            var mount = context.Units.Find(name.Text);
            if (mount is null && context.Loader.Index.Find(name) is not null)
            {
                mount = context.Loader.Mention(name.Text);
            }

            if (mount is not null)
            {
                Link(unit, mount);
            }
        }
    }

    /// <summary>A mount unit has been loaded, or has appeared: those who need it come after it.</summary>
    public void OnLoaded(Unit mount)
    {
        if (_byMountUnit.TryGetValue(mount.Id, out var units))
        {
            foreach (var unit in units)
            {
                Link(unit, mount);
            }
        }
    }

    /// <summary>The units that need the path of a mount unit.</summary>
    public IEnumerable<Unit> RequiredBy(string mountUnit) => _byMountUnit.TryGetValue(mountUnit, out var units) ? units : [];

    public void Forget(Unit unit)
    {
        if (!_paths.Remove(unit))
        {
            return;
        }

        foreach (var units in _byMountUnit.Values)
        {
            units.Remove(unit);
        }
    }

    public void Clear()
    {
        _byMountUnit.Clear();
        _paths.Clear();
    }

    private static void Link(Unit unit, Unit mount)
    {
        if (ReferenceEquals(unit, mount) || mount.LoadState != UnitLoadState.Loaded)
        {
            return;
        }

        unit.AddDependency(UnitDependency.After, mount, DependencyOrigin.MountFile);
        if (mount.Origin.FragmentPath.Length > 0)
        {
            unit.AddDependency(UnitDependency.Requires, mount, DependencyOrigin.MountFile);
        }
    }

    private static IEnumerable<string> PrefixesOf(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
        }

        yield return "/";
    }
}
