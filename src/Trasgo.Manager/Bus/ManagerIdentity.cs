namespace Trasgo.Manager.Bus;

/// <summary>What does not change while the manager runs.</summary>
internal sealed record ManagerIdentity
{
    /// <summary>Debian's systemctl compares nothing with it, but people do.</summary>
    public required string Version { get; init; }

    public string Features { get; init; } = "";

    /// <summary>The container or hypervisor, as systemd-detect-virt prints it; empty for none.</summary>
    public string Virtualization { get; init; } = "";

    public string Architecture { get; init; } = "";

    public string Tainted { get; init; } = "";

    /// <summary>Whether the manager is PID 1, so that it may end the machine.</summary>
    public bool IsInit { get; init; }

    public required uint Uid { get; init; }
}
