using Trasgo.Engine.Units;
using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// The kernel's file systems that every program expects (systemd's "API file systems"), mounted by PID 1 where nobody has before it. What is
/// refused is logged and done without: a container's manager decided so.
/// </summary>
internal sealed class ApiFileSystems(IEngineLog log, string root = "")
{
    private const MountFlags Inert = MountFlags.NoSetUid | MountFlags.NoExecute | MountFlags.NoDevices;
    private const MountFlags Storage = MountFlags.NoSetUid | MountFlags.NoDevices | MountFlags.StrictAccessTime;

    /// <summary>Attempts at one target stand one after another: the first that works counts.</summary>
    private static readonly (string Target, string Type, MountFlags Flags, string? Options)[] s_table =
    [
        ("/proc", "proc", Inert, null),
        ("/sys", "sysfs", Inert, null),
        ("/dev", "devtmpfs", MountFlags.NoSetUid | MountFlags.StrictAccessTime, "mode=755,size=4m"),
        ("/dev", "tmpfs", MountFlags.NoSetUid | MountFlags.StrictAccessTime, "mode=755,size=4m"),
        ("/dev/shm", "tmpfs", Storage, "mode=1777"),
        ("/dev/pts", "devpts", MountFlags.NoSetUid | MountFlags.NoExecute, "mode=620,gid=5,ptmxmode=666"),
        ("/dev/pts", "devpts", MountFlags.NoSetUid | MountFlags.NoExecute, null),
        ("/run", "tmpfs", Storage, "mode=755,size=20%"),
    ];

    /// <summary>The machine's own, which are none of a container's business.</summary>
    private static readonly (string Target, string Type, MountFlags Flags, string? Options)[] s_ofMachines =
    [
        ("/sys/kernel/security", "securityfs", Inert, null),
        ("/sys/fs/pstore", "pstore", Inert, null),
        ("/sys/firmware/efi/efivars", "efivarfs", Inert, null),
        ("/sys/fs/bpf", "bpf", Inert, "mode=700"),
    ];

    private static readonly (string Name, uint Minor)[] s_memoryDevices =
        [("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)];

    private static readonly (string Target, string Path)[] s_links =
    [
        ("/proc/self/fd", "/dev/fd"), ("/proc/self/fd/0", "/dev/stdin"), ("/proc/self/fd/1", "/dev/stdout"),
        ("/proc/self/fd/2", "/dev/stderr"), ("pts/ptmx", "/dev/ptmx"),
    ];

    public void MountMissing()
    {
        foreach (var (target, type, flags, options) in s_table)
        {
            TryMount(target, type, flags, options);
        }

        if (!Container.IsContainer && !PidNamespace.IsContained)
        {
            foreach (var (target, type, flags, options) in s_ofMachines.Where(row => PathConditions.IsDirectory(root + row.Target)))
            {
                TryMount(target, type, flags, options);
            }

            // Mount namespaces that services get follow the machine's mounts, unless they ask not to.
            _ = Mounting.Mount(source: null, root + "/", type: null, MountFlags.Recursive | MountFlags.Shared);
        }

        MountControlGroups();
        MakeNodes();
        MakeLinks();
    }

    /// <summary>cgroup2 alone, or where the kernel will not have that, systemd's hybrid of a named hierarchy and cgroup2 beside it.</summary>
    private void MountControlGroups()
    {
        const string Top = "/sys/fs/cgroup";
        if (!PathConditions.IsDirectory(root + Top))
        {
            return;
        }

        if (!IsMounted(Top) && !TryMount(Top, "cgroup2", Inert, "nsdelegate,memory_recursiveprot") && !TryMount(Top, "cgroup2", Inert, "nsdelegate")
            && !TryMount(Top, "cgroup2", Inert, options: null))
        {
            TryMount(Top, "tmpfs", Inert | MountFlags.StrictAccessTime, "mode=755,size=4m");
        }

        if (FileSystem.MountedOn(root + Top) is { Ok: true, Value: { Type: 0x01021994, IsReadOnly: false } })
        {
            TryMount(Top + "/unified", "cgroup2", Inert, "nsdelegate");
            TryMount(Top + "/systemd", "cgroup", Inert, "none,name=systemd,xattr");
            TryMount(Top + "/systemd", "cgroup", Inert, "none,name=systemd");
        }
    }

    /// <summary>True when it is mounted now, by whomever.</summary>
    private bool TryMount(string target, string type, MountFlags flags, string? options)
    {
        if (IsMounted(target))
        {
            return true;
        }

        _ = FileSystem.MakeDirectories(root + target, 0x1ED);
        var error = Mounting.Mount(type, root + target, type, flags, options);
        if (error != Errno.None)
        {
            log.Write(LogLevel.Debug, unit: null, $"Failed to mount {type} at {target}: {ErrnoNames.Message(error)}");
        }

        return error == Errno.None;
    }

    private bool IsMounted(string target) => PathConditions.IsMountPoint(root + target);

    /// <summary>Only where /dev/ is a bare tmpfs; mknod(2) may be refused, and then an existing node would have to be bound over.</summary>
    private void MakeNodes()
    {
        if (HostText.Exists(root + "/dev/null"))
        {
            return;
        }

        const uint CharacterDevice = 0x2000;
        foreach (var (name, minor) in s_memoryDevices)
        {
            Check(FileSystem.MakeNode($"{root}/dev/{name}", CharacterDevice | 0x1B6, 1, minor), $"/dev/{name}");
            _ = FileSystem.ChangeMode($"{root}/dev/{name}", 0x1B6); // 0666, whatever the umask
        }

        Check(FileSystem.MakeNode(root + "/dev/tty", CharacterDevice | 0x1B6, 5, 0), "/dev/tty");
        _ = FileSystem.ChangeMode(root + "/dev/tty", 0x1B6);
        Check(FileSystem.MakeNode(root + "/dev/console", CharacterDevice | 0x180, 5, 1), "/dev/console");
    }

    private void MakeLinks()
    {
        foreach (var (target, path) in s_links)
        {
            if (!FileSystem.Status(root + path, followLinks: false).Ok)
            {
                Check(FileSystem.MakeSymlink(target, root + path), path);
            }
        }
    }

    private void Check(Errno error, string path)
    {
        if (error is not (Errno.None or Errno.EEXIST))
        {
            log.Write(LogLevel.Debug, unit: null, $"Failed to make {path}: {ErrnoNames.Message(error)}");
        }
    }
}
