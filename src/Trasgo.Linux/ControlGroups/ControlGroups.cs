using System.Buffers.Text;

namespace Trasgo.Linux;

/// <summary>
/// The hierarchy of control groups in which units' processes are kept. Paths are those of /proc/PID/cgroup, "/system.slice/cron.service",
/// and lie below <see cref="Root"/>, the group that is ours. Every operation may find that somebody removed the group meanwhile: ENOENT is
/// an answer and not a failure.
/// </summary>
internal sealed partial class ControlGroups
{
    private const int Limit = 16 * 1024 * 1024;
    private const int MaximumDepth = 64;
    private const uint Mode = 0x1ED;

    private static int s_probes;

    private readonly string _mount;
    private readonly GroupParent _parent;

    internal ControlGroups(ControlGroupLayout layout, string mount, string root)
    {
        Layout = layout;
        _mount = mount;
        _parent = new GroupParent(mount);
        Root = root;
    }

    public ControlGroupLayout Layout { get; }

    /// <summary>Our root is a group of our own below the one that we were started in.</summary>
    public bool HasSubgroup { get; init; }

    /// <summary>Whether groups exist at all.</summary>
    public bool IsAvailable => Layout != ControlGroupLayout.None;

    /// <summary>Whether processes are in a cgroup2 hierarchy: born into their group, killed at once, emptiness reported.</summary>
    public bool IsUnified => Layout is ControlGroupLayout.V2 or ControlGroupLayout.Hybrid;

    /// <summary>Whether one write kills a whole group (Linux 5.14). The root of a hierarchy has no such file, so this is found out below it.</summary>
    public bool CanKill { get; private set; }

    /// <summary>Whether processes of a group can be stopped and let go as a whole (cgroup2 since Linux 5.2).</summary>
    public bool CanFreeze { get; private set; }

    /// <summary>Our own group, without a closing slash: empty for the root of the hierarchy (or of our cgroup namespace).</summary>
    public string Root { get; }

    /// <summary>Where the hierarchy is mounted.</summary>
    public string Mount => _mount;

    /// <summary>
    /// Finds the hierarchy and our place in it, as systemd does: the group we are in, without "/init.scope". A manager that is not alone
    /// in its group names a group below it for itself, so that two managers do not take each other's units.
    /// </summary>
    public static ControlGroups Open(string? subgroup = null)
    {
        foreach (var entry in Hierarchies())
        {
            var own = OwnPath(ProcessControl.Pid, entry.Layout) ?? string.Empty;
            own = own.EndsWith("/init.scope", StringComparison.Ordinal) ? own[..^"/init.scope".Length] : own.TrimEnd('/');

            // A manager that was executed anew is where it has put itself the first time.
            var isThere = subgroup is not null && own.EndsWith("/" + subgroup, StringComparison.Ordinal);
            var root = subgroup is null || isThere ? own : $"{own}/{subgroup}";
            var groups = new ControlGroups(entry.Layout, entry.Mount, root) { HasSubgroup = subgroup is not null };
            if (groups.IsWritable(own))
            {
                return groups;
            }
        }

        return new ControlGroups(ControlGroupLayout.None, string.Empty, string.Empty);
    }

    /// <summary>The directory of a group in the file system.</summary>
    public string Directory(string path) => _mount + path;

    public string ProcsFile(string path) => $"{_mount}{path}/cgroup.procs";

    /// <summary>The group a process is in; null when it is gone or there are no groups.</summary>
    public string? PathOf(int pid) => OwnPath(pid, Layout);

    /// <summary>Whether the process is in the group or in one below it.</summary>
    public bool Holds(string path, int pid) =>
        PathOf(pid) is { } now && (now == path || now.StartsWith(path + "/", StringComparison.Ordinal));

    public bool Exists(string path) => IsAvailable && FileSystem.Status(Directory(path)) is { Ok: true, Value.IsDirectory: true };

    public Errno Create(string path) =>
        !IsAvailable ? Errno.ENOSYS
        : _parent.Make(path, Mode) == Errno.None ? Errno.None
        : FileSystem.MakeDirectories(Directory(path), Mode);

    /// <summary>Removes the group and those below it. EBUSY while processes are in one of them.</summary>
    public Errno Remove(string path)
    {
        var error = Errno.None;
        if (!IsAvailable || !IsBelowRoot(path))
        {
            return Errno.EINVAL;
        }

        foreach (var group in Descendants(path, MaximumDepth))
        {
            var removed = FileSystem.RemoveDirectory(Directory(group));
            error = removed is Errno.None or Errno.ENOENT ? error : removed;
            if (removed is Errno.None or Errno.ENOENT)
            {
                _killed.Remove(group);
            }
        }

        return error;
    }

    /// <summary>Removes a group that has none below it; EBUSY if it has.</summary>
    public Errno RemoveAlone(string path)
    {
        if (!IsAvailable || !IsBelowRoot(path))
        {
            return Errno.EINVAL;
        }

        var error = _parent.Remove(path);
        error = error == Errno.ENOENT ? FileSystem.RemoveDirectory(Directory(path)) : error;
        if (error is Errno.None or Errno.ENOENT)
        {
            _killed.Remove(path);
        }

        return error;
    }

    /// <summary>At a manager's end: its own group and the empty ones below it. The root of the hierarchy stays, of course.</summary>
    public void RemoveRoot()
    {
        foreach (var group in IsAvailable && Root.Length > 0 ? Descendants(Root, MaximumDepth) : [])
        {
            FileSystem.RemoveDirectory(Directory(group));
        }
    }

    public Errno Attach(string path, int pid) =>
        IsAvailable ? FileSystem.WriteValue(ProcsFile(path), pid.ToString()) : Errno.ENOSYS;

    /// <summary>The processes in the group, those of groups below it included. Zombies are not listed by the kernel.</summary>
    public List<int> Pids(string path, bool recursive = true)
    {
        var pids = new List<int>();
        if (IsAvailable)
        {
            foreach (var group in recursive ? Descendants(path, MaximumDepth) : [path])
            {
                AddPids(group, pids);
            }
        }

        return pids;
    }

    /// <summary>Whether no process is left; a missing group is empty.</summary>
    public bool IsEmpty(string path)
    {
        if (IsUnified && Processes.ReadSmall($"{Directory(path)}/cgroup.events") is { } events)
        {
            return events.AsSpan().IndexOf("populated 0"u8) >= 0;
        }

        return Pids(path).Count == 0;
    }

    /// <summary>Whether every process of the group is frozen; false also where groups cannot be frozen.</summary>
    public bool IsFrozen(string path) => Processes.ReadText($"{Directory(path)}/cgroup.events")?.Contains("frozen 1") == true;

    /// <summary>The kernel begins to freeze the processes of the group, or to let them run. ENOENT where it cannot (before Linux 5.2).</summary>
    public Errno SetFrozen(string path, bool frozen) => SetAttribute(path, "cgroup.freeze", frozen ? "1" : "0");

    /// <summary>For <see cref="SpawnProgram.ControlGroup"/>: the group as a descriptor that clone3 takes. EOPNOTSUPP where children enter by a write.</summary>
    public Result<Descriptor> OpenForSpawn(string path) =>
        !IsUnified || _killed.Contains(path) ? Errno.EOPNOTSUPP
        : _parent.Open(path) is { Ok: true } opened ? opened
        : FileSystem.Open(Directory(path), OpenFlags.PathOnly | OpenFlags.Directory);

    /// <summary>A value of an attribute file, without the closing newline; null when the group or the controller is not there.</summary>
    public string? Attribute(string path, string name) => Processes.ReadText($"{Directory(path)}/{name}")?.TrimEnd('\n');

    public Errno SetAttribute(string path, string name, string value) => FileSystem.WriteValue($"{Directory(path)}/{name}", value);

    private static IEnumerable<(ControlGroupLayout Layout, string Mount)> Hierarchies()
    {
        var mounts = MountTable.Read() is { Ok: true, Value: var entries } ? entries : [];
        if (mounts.Exists(static m => m is { MountPoint: "/sys/fs/cgroup", Type: "cgroup2" }))
        {
            yield return (ControlGroupLayout.V2, "/sys/fs/cgroup");
        }

        if (mounts.Exists(static m => m is { MountPoint: "/sys/fs/cgroup/unified", Type: "cgroup2" }))
        {
            yield return (ControlGroupLayout.Hybrid, "/sys/fs/cgroup/unified");
        }

        if (mounts.Exists(static m => m is { MountPoint: "/sys/fs/cgroup/systemd", Type: "cgroup" }))
        {
            yield return (ControlGroupLayout.V1, "/sys/fs/cgroup/systemd");
        }
    }

    private static string? OwnPath(int pid, ControlGroupLayout layout)
    {
        var prefix = layout switch
        {
            ControlGroupLayout.V2 or ControlGroupLayout.Hybrid => "0::",
            ControlGroupLayout.V1 => ":name=systemd:",
            _ => null,
        };
        if (prefix is null || Processes.ReadText($"/proc/{pid}/cgroup") is not { } text)
        {
            return null;
        }

        foreach (var line in text.Split('\n'))
        {
            var at = line.IndexOf(prefix, StringComparison.Ordinal);
            if (at >= 0 && (at == 0 || layout == ControlGroupLayout.V1))
            {
                return line[(at + prefix.Length)..];
            }
        }

        return null;
    }

    private bool IsBelowRoot(string path) =>
        path.Length > Root.Length + 1 && path.StartsWith(Root, StringComparison.Ordinal) && path[Root.Length] == '/'
        && !path.Split('/').Contains("..");

    /// <summary>A read-only hierarchy, as in most containers, is as good as none: found out by making a group.</summary>
    private bool IsWritable(string own)
    {
        var probe = Directory($"{own}/trasgo-probe-{ProcessControl.Pid}-{Interlocked.Increment(ref s_probes)}");
        if (FileSystem.MakeDirectory(probe, 0x1ED) != Errno.None)
        {
            return false;
        }

        CanKill = IsUnified && File.Exists($"{probe}/cgroup.kill");
        CanFreeze = IsUnified && File.Exists($"{probe}/cgroup.freeze");
        FileSystem.RemoveDirectory(probe);
        return true;
    }

    /// <summary>The group and all below it, the deepest first, as they can be removed.</summary>
    private IEnumerable<string> Descendants(string path, int depth)
    {
        IEnumerable<string> names = [];
        try
        {
            names = System.IO.Directory.EnumerateDirectories(Directory(path)).Select(static d => Path.GetFileName(d)).ToArray();
        }
        catch (IOException)
        {
            // It went away.
        }
        catch (UnauthorizedAccessException)
        {
            // Not ours to look into, so not ours to remove either.
        }

        foreach (var name in names)
        {
            foreach (var below in depth > 0 ? Descendants($"{path}/{name}", depth - 1) : [])
            {
                yield return below;
            }
        }

        yield return path;
    }

    private void AddPids(string group, List<int> pids)
    {
        if (FileSystem.Read(ProcsFile(group), Limit) is not { Ok: true, Value: var bytes })
        {
            return;
        }

        for (ReadOnlySpan<byte> rest = bytes; Utf8Parser.TryParse(rest, out int pid, out var digits); rest = rest[Math.Min(digits + 1, rest.Length)..])
        {
            // 0 stands for a process outside our PID namespace.
            if (pid > 0 && !pids.Contains(pid))
            {
                pids.Add(pid);
            }
        }
    }
}
