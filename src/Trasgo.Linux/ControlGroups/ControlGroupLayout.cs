namespace Trasgo.Linux;

/// <summary>Which hierarchy tracks processes.</summary>
internal enum ControlGroupLayout
{
    /// <summary>None that we may write: processes are found by parentage, session and environment.</summary>
    None,

    /// <summary>systemd's legacy layout: the named v1 hierarchy, which reports nothing.</summary>
    V1,

    /// <summary>systemd's hybrid layout: cgroup2 on /sys/fs/cgroup/unified tracks, v1 hierarchies hold the controllers.</summary>
    Hybrid,

    /// <summary>cgroup2 on /sys/fs/cgroup.</summary>
    V2,
}
