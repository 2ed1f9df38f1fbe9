namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Automount] section of systemd.automount(5).</summary>
internal sealed class AutomountConfig(UnitConfig unit)
{
    public UnitConfig Unit { get; } = unit;

    public string? Where;
    public string? ExtraOptions;
    public uint DirectoryMode = 0x1ed;

    /// <summary>0, the default, and infinity: never.</summary>
    public ulong TimeoutIdle;
}
