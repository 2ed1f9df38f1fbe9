namespace Trasgo.Linux;

/// <summary>
/// The controllers that limit what units take, wherever the host has them. On cgroup2 a controller is switched on from the top down to the
/// group above the unit's; on v1 the unit gets a group of the same path in the hierarchy of the controller, and its processes have to enter it.
/// Groups are made only where something is to be limited, so that a start costs no more than it must.
/// </summary>
internal sealed class ControllerTree
{
    private const uint DirectoryMode = 0x1ED;
    private readonly ControlGroups _groups;
    private readonly Dictionary<string, ControllerHierarchy> _hierarchies = new(StringComparer.Ordinal);

    /// <summary>Directories in which the controller is switched on (cgroup2), or that were made (v1).</summary>
    private readonly HashSet<(string Controller, string Directory)> _ready = [];

    internal ControllerTree(ControlGroups groups, IEnumerable<ControllerHierarchy> hierarchies)
    {
        _groups = groups;
        foreach (var hierarchy in hierarchies)
        {
            _hierarchies.TryAdd(hierarchy.Controller, hierarchy);
        }
    }

    public IEnumerable<string> Controllers => _hierarchies.Keys;

    /// <summary>Finds the controllers that we may use for the groups below <paramref name="groups"/>' root.</summary>
    public static ControllerTree Open(ControlGroups groups) => new(groups, [.. Unified(groups), .. Legacy(groups)]);

    public bool Has(string controller) => _hierarchies.ContainsKey(controller);

    public bool IsLegacy(string controller) => _hierarchies.TryGetValue(controller, out var hierarchy) && hierarchy.IsLegacy;

    /// <summary>
    /// Makes the controller work for the group: true if a group was made that the processes of the unit have to be moved into. Errors are
    /// found out by whoever writes an attribute then.
    /// </summary>
    public bool Prepare(string controller, string path)
    {
        if (!_hierarchies.TryGetValue(controller, out var hierarchy))
        {
            return false;
        }

        if (hierarchy.IsLegacy)
        {
            var directory = hierarchy.RootDirectory + Below(path);
            var made = FileSystem.MakeDirectories(directory, DirectoryMode);
            return made is Errno.None or Errno.EEXIST && _ready.Add((controller, directory));
        }

        // Our root lies below the group that we were started in, which has to pass the controller on to it.
        var above = hierarchy.RootDirectory;
        if (_groups.HasSubgroup)
        {
            SwitchOn(controller, Path.GetDirectoryName(above)!);
        }

        foreach (var part in Below(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            SwitchOn(controller, above);
            above = $"{above}/{part}";
        }

        return false;
    }

    /// <summary>Writes an attribute of the group; ENOENT where the controller is not, or could not be switched on.</summary>
    public Errno Set(string controller, string path, string attribute, string value) =>
        DirectoryOf(controller, path) is { } directory ? FileSystem.WriteValue($"{directory}/{attribute}", value) : Errno.ENOENT;

    /// <summary>Reads an attribute of the group; null where the controller is not.</summary>
    public string? Attribute(string controller, string path, string attribute) =>
        DirectoryOf(controller, path) is { } directory ? Processes.ReadText($"{directory}/{attribute}")?.TrimEnd('\n') : null;

    /// <summary>Somebody else has removed the group: what was switched on and made for it and above it has to be done again.</summary>
    public void Forget(string path)
    {
        foreach (var hierarchy in _hierarchies.Values)
        {
            for (var at = Below(path); at.Length > 0; at = at[..at.LastIndexOf('/')])
            {
                _ready.Remove((hierarchy.Controller, hierarchy.RootDirectory + at));
            }
        }
    }

    /// <summary>The unit is down: its groups in v1 hierarchies go, too.</summary>
    public void Remove(string path)
    {
        foreach (var hierarchy in _hierarchies.Values)
        {
            var directory = hierarchy.RootDirectory + Below(path);
            if (_ready.Remove((hierarchy.Controller, directory)) && hierarchy.IsLegacy)
            {
                FileSystem.RemoveDirectory(directory);
            }
        }
    }

    /// <summary>At the end of a manager that has a group of its own: what was made for it in v1 hierarchies.</summary>
    public void RemoveRoot()
    {
        foreach (var hierarchy in _hierarchies.Values)
        {
            if (hierarchy.IsLegacy && _groups.HasSubgroup)
            {
                RemoveTree(hierarchy.RootDirectory);
            }
        }

        _ready.Clear();
    }

    /// <summary>The cgroup.procs of v1 hierarchies that a process of the group has to be written to: its own group's, or that of the nearest slice.</summary>
    public List<string> ProcsFiles(string path)
    {
        var files = new List<string>();
        foreach (var hierarchy in _hierarchies.Values)
        {
            if (hierarchy.IsLegacy && Nearest(hierarchy, path) is { } directory)
            {
                files.Add(directory + "/cgroup.procs");
            }
        }

        return files;
    }

    /// <summary>Processes that were started before the controller was needed enter their group of a v1 hierarchy.</summary>
    public void Enter(string controller, string path)
    {
        if (!_hierarchies.TryGetValue(controller, out var hierarchy) || !hierarchy.IsLegacy)
        {
            return;
        }

        foreach (var pid in _groups.Pids(path))
        {
            if (_groups.PathOf(pid) is { } group && Nearest(hierarchy, group) is { } directory)
            {
                _ = FileSystem.WriteValue(directory + "/cgroup.procs", pid.ToString());
            }
        }
    }

    private static IEnumerable<ControllerHierarchy> Unified(ControlGroups groups)
    {
        if (!groups.IsUnified)
        {
            yield break;
        }

        // The group itself may not exist yet; what it may use is what the group above it passes down or may use itself.
        var directory = groups.Directory(groups.Root);
        var offered = Processes.ReadText(directory + "/cgroup.controllers")
            ?? Processes.ReadText(Path.GetDirectoryName(directory) + "/cgroup.controllers") ?? "";
        foreach (var name in offered.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            yield return new ControllerHierarchy(name, directory, IsLegacy: false);
        }
    }

    private static IEnumerable<ControllerHierarchy> Legacy(ControlGroups groups)
    {
        if (!groups.IsAvailable || groups.Layout == ControlGroupLayout.V2)
        {
            yield break;
        }

        var subgroup = groups.HasSubgroup ? groups.Root[groups.Root.LastIndexOf('/')..] : "";
        var mounts = MountTable.Read() is { Ok: true, Value: var entries } ? entries.FindAll(static m => m.Type == "cgroup") : [];
        foreach (var line in (Processes.ReadText("/proc/self/cgroup") ?? "").Split('\n'))
        {
            // "4:cpu,cpuacct:/path"; the named hierarchy and cgroup2 have no controller.
            if (line.Split(':', 3) is not [_, { Length: > 0 } names, var own] || names.StartsWith("name=", StringComparison.Ordinal))
            {
                continue;
            }

            var controllers = names.Split(',');
            if (mounts.Find(m => controllers.All(m.SuperOptions.Split(',').Contains)) is not { MountPoint: { } mount })
            {
                continue;
            }

            var root = mount + (own.EndsWith("/init.scope", StringComparison.Ordinal) ? own[..^"/init.scope".Length] : own.TrimEnd('/'));
            if (FileSystem.WriteRefusal(root + "/cgroup.procs") != Errno.None)
            {
                continue;
            }

            foreach (var controller in controllers)
            {
                yield return new ControllerHierarchy(controller, root + subgroup, IsLegacy: true);
            }
        }
    }

    private static void RemoveTree(string directory)
    {
        try
        {
            foreach (var below in Directory.EnumerateDirectories(directory))
            {
                RemoveTree(below);
            }
        }
        catch (IOException)
        {
            // It is not there, or went away.
        }

        FileSystem.RemoveDirectory(directory);
    }

    private void SwitchOn(string controller, string directory)
    {
        if (_ready.Add((controller, directory)) && FileSystem.WriteValue(directory + "/cgroup.subtree_control", "+" + controller) != Errno.None)
        {
            _ready.Remove((controller, directory));
        }
    }

    private string Below(string path) => path.StartsWith(_groups.Root, StringComparison.Ordinal) ? path[_groups.Root.Length..] : "";

    private string? DirectoryOf(string controller, string path)
    {
        if (!_hierarchies.TryGetValue(controller, out var hierarchy))
        {
            return null;
        }

        var directory = hierarchy.RootDirectory + Below(path);
        return !hierarchy.IsLegacy || _ready.Contains((controller, directory)) ? directory : null;
    }

    private string? Nearest(ControllerHierarchy hierarchy, string path)
    {
        for (var at = Below(path); at.Length > 0; at = at[..at.LastIndexOf('/')])
        {
            if (_ready.Contains((hierarchy.Controller, hierarchy.RootDirectory + at)))
            {
                return hierarchy.RootDirectory + at;
            }
        }

        return null;
    }
}
