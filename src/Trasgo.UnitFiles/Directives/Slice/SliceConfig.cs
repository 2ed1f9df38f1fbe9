namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Slice] section of systemd.slice(5): resource control only.</summary>
internal sealed class SliceConfig(UnitConfig unit, ManagerDefaults? defaults = null)
{
    public UnitConfig Unit { get; } = unit;

    public ResourceConfig Resources { get; } = new(defaults, isSlice: true);
}
