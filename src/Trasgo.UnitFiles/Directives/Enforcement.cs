namespace Trasgo.UnitFiles.Directives;

/// <summary>Whether a directive has its effect in this version; the reason is a clause that completes "ignored: ...".</summary>
internal sealed record Enforcement(EnforcementKind Kind, string Reason)
{
    public static readonly Enforcement Enforced = new(EnforcementKind.Enforced, "");

    public static readonly Enforcement Sandboxing = Ignored("sandboxing is not built yet");

    public static readonly Enforcement SystemCallFilters = Ignored("system call filters are not built yet");

    public static readonly Enforcement Images = Ignored("disk images are not mounted");

    public static readonly Enforcement SecurityModules = Ignored("there is no support for security modules");

    public static readonly Enforcement Bpf = Ignored("there are no BPF filters");

    public static readonly Enforcement LegacyCgroups = Ignored("the setting is for control groups v1");

    public static readonly Enforcement DeviceLimits = Ignored("limits of single devices are not written yet");

    public static readonly Enforcement Startup = Ignored("the start of the system is not told apart yet");

    public static readonly Enforcement Cpu = new(EnforcementKind.Enforced, "") { Controller = "cpu" };

    public static readonly Enforcement Io = new(EnforcementKind.Enforced, "") { Controller = "io" };

    public static readonly Enforcement Memory = new(EnforcementKind.Enforced, "") { Controller = "memory" };

    public static readonly Enforcement Pids = new(EnforcementKind.Enforced, "") { Controller = "pids" };

    public static readonly Enforcement UnifiedMemory = Memory with { UnifiedOnly = true };

    public static readonly Enforcement CpuSets = new(EnforcementKind.Enforced, "") { Controller = "cpuset", UnifiedOnly = true };

    public static readonly Enforcement Obsolete = Ignored("systemd has dropped the setting");

    /// <summary>The controller of control groups without which it has no effect; null where it needs none.</summary>
    public string? Controller { get; init; }

    /// <summary>The controllers of control groups v1 cannot do it.</summary>
    public bool UnifiedOnly { get; init; }

    public static Enforcement Ignored(string reason) => new(EnforcementKind.Ignored, reason);

    public static Enforcement Emulated(string reason) => new(EnforcementKind.Emulated, reason);
}
