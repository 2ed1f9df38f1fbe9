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

    public static readonly Enforcement Limits = Ignored("control group limits are not written yet");

    public static readonly Enforcement Obsolete = Ignored("systemd has dropped the setting");

    public static Enforcement Ignored(string reason) => new(EnforcementKind.Ignored, reason);

    public static Enforcement Emulated(string reason) => new(EnforcementKind.Emulated, reason);
}
