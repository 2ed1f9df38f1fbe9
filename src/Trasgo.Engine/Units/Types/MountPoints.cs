namespace Trasgo.Engine.Units;

/// <summary>What can be told of a mount from its path, its type and its options.</summary>
internal static class MountPoints
{
    private static readonly string[] s_api =
    [
        "/dev", "/dev/console", "/dev/pts", "/dev/shm", "/proc", "/proc/kmsg", "/proc/sys", "/proc/sys/kernel/random/boot_id", "/run", "/sys",
        "/sys/firmware/efi/efivars", "/sys/fs/bpf", "/sys/fs/pstore", "/sys/fs/selinux", "/sys/fs/smackfs", "/sys/kernel/security",
    ];

    private static readonly string[] s_networkTypes =
        ["afs", "ceph", "cifs", "smb3", "smbfs", "sshfs", "ncpfs", "ncp", "nfs", "nfs4", "gfs", "gfs2", "glusterfs", "pvfs2", "ocfs2", "lustre", "davfs"];

    /// <summary>
    /// What the manager itself mounts before anything else, or a container manager passes in (systemd-nspawn's /run/host/): no unit ever depends on it, so it
    /// is no unit.
    /// </summary>
    public static bool IsApi(string where) =>
        IsBelow(where, "/sys/fs/cgroup") || IsBelow(where, "/run/host") || Array.IndexOf(s_api, where) >= 0;

    /// <summary>The system stands on these, or the kernel makes them: they stay over a shutdown (systemd.mount(5)).</summary>
    public static bool IsVirtual(string where, string? options) =>
        where is "/" or "/usr" or "/etc" || IsBelow(where, "/run/initramfs") || IsBelow(where, "/run/nextroot") ||
        IsBelow(where, "/proc") || IsBelow(where, "/sys") || IsBelow(where, "/dev") || HasOption(options, "x-initrd.mount");

    public static bool IsNetwork(string? fileSystem, string? options)
    {
        var name = fileSystem is not null && fileSystem.StartsWith("fuse.", StringComparison.Ordinal) ? fileSystem[5..] : fileSystem;
        return HasOption(options, "_netdev") || (name is not null && Array.IndexOf(s_networkTypes, name) >= 0);
    }

    public static bool HasOption(string? options, string option)
    {
        if (options is null)
        {
            return false;
        }

        foreach (var range in options.AsSpan().Split(','))
        {
            if (options.AsSpan(range).SequenceEqual(option))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The options of the mount point and those of its file system as one list: read-only if either is, and nothing twice.
    /// </summary>
    public static string MergeOptions(string own, string ofFileSystem)
    {
        var merged = new List<string>();
        foreach (var option in $"{own},{ofFileSystem}".Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (option == "ro" && merged.IndexOf("rw") is >= 0 and var at)
            {
                merged[at] = option;
            }
            else if (!merged.Contains(option) && !(option == "rw" && merged.Contains("ro")))
            {
                merged.Add(option);
            }
        }

        return string.Join(',', merged);
    }

    private static bool IsBelow(string path, string directory) =>
        path.StartsWith(directory, StringComparison.Ordinal) && (path.Length == directory.Length || path[directory.Length] == '/');
}
