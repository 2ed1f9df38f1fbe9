namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Mount] section of systemd.mount(5).</summary>
internal sealed class MountConfig
{
    public MountConfig(UnitConfig unit, ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        Unit = unit;
        Exec = new ExecConfig(defaults)
        {
            StandardOutput = defaults.StandardOutput,
            StandardError = defaults.StandardError,
            SameProcessGroup = true,
        };
        Resources = new ResourceConfig(defaults);
        Timeout = defaults.TimeoutStart;
    }

    public UnitConfig Unit { get; }

    public ExecConfig Exec { get; }

    public KillConfig Kill { get; } = new();

    public ResourceConfig Resources { get; }

    public string? What;
    public string? Where;
    public string? Options;
    public string? Type;
    public ulong Timeout;
    public uint DirectoryMode = 0x1ed;
    public bool SloppyOptions;
    public bool LazyUnmount;
    public bool ForceUnmount;
    public bool ReadWriteOnly;
}
