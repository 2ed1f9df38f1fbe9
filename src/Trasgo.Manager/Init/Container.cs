using Trasgo.Linux;

namespace Trasgo.Manager;

/// <summary>
/// Which container we are in, by systemd's names ("systemd-nspawn", "docker", "podman", "lxc", "wsl" ...). The answer cannot change
/// while we run, so it is found out once.
/// </summary>
internal static class Container
{
    public const string None = "none";
    public const string Nspawn = "systemd-nspawn";
    public const string Other = "container-other";

    private static readonly string[] s_known =
        [Nspawn, "lxc-libvirt", "lxc", "openvz", "docker", "podman", "rkt", "wsl", "proot", "pouch"];

    private static string? s_detected;

    public static bool IsContainer => Detect() != None;

    public static string Detect() => s_detected ??= Find();

    /// <summary>
    /// Whoever started this PID 1 ends it with SIGTERM and has no idea of systemd's signals: every runtime but the few that were
    /// written with systemd in mind, and also one that hides so well that we do not know it for a container.
    /// </summary>
    public static bool StopsWithSigterm =>
        Detect() is not (Nspawn or "lxc" or "lxc-libvirt") && (IsContainer || PidNamespace.IsContained);

    /// <summary>What a container manager calls itself in $container.</summary>
    internal static string Translate(string name, string? byFiles)
    {
        // Some images say "oci" of themselves, whichever runtime they are in.
        if (name == "oci")
        {
            return byFiles ?? Other;
        }

        return Array.IndexOf(s_known, name) >= 0 ? name : Other;
    }

    private static string Find()
    {
        if (HostText.Exists("/proc/vz") && !HostText.Exists("/proc/bc"))
        {
            return "openvz";
        }

        if (HostText.Line("/proc/sys/kernel/osrelease") is { } release
            && (release.Contains("Microsoft", StringComparison.Ordinal) || release.Contains("WSL", StringComparison.Ordinal)))
        {
            return "wsl";
        }

        if (IsTracedByProot())
        {
            return "proot";
        }

        var named = Named();
        return named switch
        {
            "" => None,
            not null => Translate(named, ByFiles()),
            null => ByFiles() ?? (IsInControlGroupNamespace() ? Other : None),
        };
    }

    /// <summary>What the container manager tells; "" when it tells that there is none, null when nobody tells.</summary>
    private static string? Named()
    {
        if (HostText.Line("/run/host/container-manager") is { Length: > 0 } manager)
        {
            return manager;
        }

        if (ProcessControl.Pid == 1)
        {
            return Environment.GetEnvironmentVariable("container");
        }

        if (HostText.Line("/run/systemd/container") is { Length: > 0 } noted)
        {
            return noted;
        }

        return Processes.EnvironmentValue(1, "container") is { Length: > 0 } variable ? variable : null;
    }

    private static string? ByFiles() =>
        HostText.Exists("/run/.containerenv") ? "podman" : HostText.Exists("/.dockerenv") ? "docker" : null;

    /// <summary>proot has no namespace of its own: it traces us.</summary>
    private static bool IsTracedByProot() =>
        OwnStatus.Field("TracerPid") is { } text && int.TryParse(text, out var tracer) && tracer > 0
        && Processes.Comm(tracer)?.StartsWith("proot", StringComparison.Ordinal) == true;

    /// <summary>The root of a hierarchy differs from a group that a namespace shows as its root by the files it has.</summary>
    private static bool IsInControlGroupNamespace()
    {
        if (!HostText.Exists("/proc/self/ns/cgroup"))
        {
            return false;
        }

        if (HostControlGroups.IsAllUnified() == true)
        {
            return HostText.Exists("/sys/fs/cgroup/cgroup.events")
                && (HostText.Exists("/sys/fs/cgroup/cgroup.type") || !HostText.Exists("/sys/kernel/cgroup/features"));
        }

        return HostText.Exists("/sys/fs/cgroup/systemd") && !HostText.Exists("/sys/fs/cgroup/systemd/release_agent");
    }
}
