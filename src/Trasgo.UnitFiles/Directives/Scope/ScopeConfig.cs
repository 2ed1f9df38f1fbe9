using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Scope] section of systemd.scope(5).</summary>
internal sealed class ScopeConfig(UnitConfig unit, ManagerDefaults? defaults = null)
{
    public UnitConfig Unit { get; } = unit;

    public KillConfig Kill { get; } = new();

    public ResourceConfig Resources { get; } = new(defaults);

    public ulong TimeoutStop = (defaults ?? new ManagerDefaults()).TimeoutStop;
    public ulong RuntimeMax = TimeSpans.Infinity;
    public ulong RuntimeRandomizedExtra;

    /// <summary>null: DefaultOOMPolicy=, or continue with Delegate=.</summary>
    public OomPolicy? OomPolicy;
}
