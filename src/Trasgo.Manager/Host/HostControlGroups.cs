using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>What the control group hierarchy of this machine offers, whether or not we may write to it.</summary>
internal static class HostControlGroups
{
    private const string Top = "/sys/fs/cgroup";
    private const ulong TmpfsMagic = 0x01021994;
    private const ulong Cgroup2Magic = 0x63677270;

    private static readonly string[] s_unified = ["cpu", "cpuset", "io", "memory", "pids"];
    private static readonly string[] s_legacy = ["cpu", "cpuacct", "blkio", "memory", "devices", "pids"];

    /// <summary>Every controller is in the cgroup2 hierarchy; null when there is no hierarchy that a manager could use.</summary>
    public static bool? IsAllUnified() => FileSystem.MountedOn(Top) switch
    {
        { Ok: true, Value.Type: Cgroup2Magic } => true,
        { Ok: true, Value.Type: TmpfsMagic } when IsHybrid() || HostText.Exists(Top + "/systemd") => false,
        _ => null,
    };

    public static bool IsController(string name) =>
        Array.IndexOf(s_unified, name) >= 0 || Array.IndexOf(s_legacy, name) >= 0 || name.StartsWith("bpf-", StringComparison.Ordinal);

    /// <summary>The controllers that a manager at the root of what we see could use.</summary>
    public static IReadOnlyList<string> Controllers(bool unified)
    {
        if (unified)
        {
            var words = (HostText.Line(Top + RootPath() + "/cgroup.controllers") ?? "").Split(' ');
            return [.. s_unified.Where(words.Contains)];
        }

        var root = RootPath();
        return [.. s_legacy.Where(name => FileSystem.WriteRefusal($"{Top}/{name}{root}/cgroup.procs") == Errno.None)];
    }

    /// <summary>An attribute of the root group, as our namespace shows it.</summary>
    public static string? RootAttribute(bool unified, string controller, string name) =>
        HostText.Line((unified ? Top : Top + "/" + controller) + RootPath() + "/" + name);

    /// <summary>The group of a process in the hierarchy that holds units; "" at its root.</summary>
    public static string PathOf(int pid)
    {
        var prefix = IsHybrid() || IsAllUnified() == true ? "0::" : ":name=systemd:";
        foreach (var line in (HostText.All($"/proc/{pid}/cgroup") ?? "").Split('\n'))
        {
            var at = line.IndexOf(prefix, StringComparison.Ordinal);
            if (at == 0 || (at > 0 && prefix[0] == ':'))
            {
                return line[(at + prefix.Length)..].TrimEnd('/');
            }
        }

        return "";
    }

    /// <summary>The group that PID 1 is in, without its init.scope.</summary>
    public static string RootPath()
    {
        var path = PathOf(1);
        foreach (var suffix in (ReadOnlySpan<string>)["/init.scope", "/system.slice", "/system"])
        {
            if (path.EndsWith(suffix, StringComparison.Ordinal))
            {
                return path[..^suffix.Length];
            }
        }

        return path;
    }

    /// <summary>systemd's units are on cgroup2, controllers are not.</summary>
    private static bool IsHybrid() => FileSystem.MountedOn(Top + "/unified") is { Ok: true, Value.Type: Cgroup2Magic };
}
