using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// What the manager knows of the machine and of its own process, filled by whoever may do I/O. systemd shows the manager's
/// own attributes for what a unit leaves unset, since that is what its processes inherit.
/// </summary>
internal sealed class HostFacts
{
    /// <summary>Of the manager itself; what is null there is shown as unlimited.</summary>
    public ResourceLimit?[] Limits { get; } = new ResourceLimit?[ResourceLimit.Count];

    public int OomScoreAdjust { get; set; }

    /// <summary>The kernel's default, core(5).</summary>
    public ulong CoredumpFilter { get; set; } = 0x33;

    public int Nice { get; set; }

    public int CpuSchedulingPolicy { get; set; }

    public int CpuSchedulingPriority { get; set; }

    public ulong TimerSlackNsec { get; set; } = 50_000;

    /// <summary>Percentages of memory limits are of this.</summary>
    public ulong PhysicalMemory { get; set; }

    /// <summary>Percentages of TasksMax= are of this.</summary>
    public ulong MaxTasks { get; set; }

    /// <summary>
    /// The kernel counts the CPU time of every control group without a controller, so that accounting costs nothing: cgroup2 alone is
    /// mounted. It is what CPUAccounting= is where nobody says otherwise.
    /// </summary>
    public bool CountsCpuTime { get; set; }

    /// <summary>The home of a user manager's user, where its units start; null in the system manager.</summary>
    public string? Home { get; set; }

    /// <summary>The prefix of a relative PIDFile=; $XDG_RUNTIME_DIR in a user manager.</summary>
    public string RuntimeDirectory { get; set; } = "/run";
}
