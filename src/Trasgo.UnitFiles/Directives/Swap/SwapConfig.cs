namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Swap] section of systemd.swap(5).</summary>
internal sealed class SwapConfig
{
    public SwapConfig(UnitConfig unit, ManagerDefaults? defaults = null)
    {
        defaults ??= new ManagerDefaults();
        Unit = unit;
        Exec = new ExecConfig(defaults)
        {
            StandardOutput = defaults.StandardOutput,
            StandardError = defaults.StandardError,
        };
        Resources = new ResourceConfig(defaults);
        Timeout = defaults.TimeoutStart;
    }

    public UnitConfig Unit { get; }

    public ExecConfig Exec { get; }

    public KillConfig Kill { get; } = new();

    public ResourceConfig Resources { get; }

    public string? What;
    public int? Priority;
    public string? Options;
    public ulong Timeout;
}
