using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Scope] section: systemd.scope(5), in the order of the properties.</summary>
internal static class ScopeDirectives
{
    public const string Section = "Scope";

    private static readonly Rows<ScopeConfig> s_rows = new(Section);

    private static DirectiveTable<ScopeConfig>? s_table;

    public static DirectiveTable<ScopeConfig> Table => s_table ??= new(
    [
        s_rows.Of("TimeoutStopSec", Value.Duration, static c => ref c.TimeoutStop, "TimeoutStopUSec"),
        s_rows.Of("RuntimeMaxSec", Value.Duration, static c => ref c.RuntimeMax, "RuntimeMaxUSec"),
        s_rows.Of("RuntimeRandomizedExtraSec", Value.Duration, static c => ref c.RuntimeRandomizedExtra, "RuntimeRandomizedExtraUSec"),
        s_rows.Of("OOMPolicy", Value.OptionalEnum(SharedWords.OomPolicy), static c => ref c.OomPolicy),
        .. ResourceDirectives.For(Section, static (ScopeConfig c) => c.Resources),
        .. KillDirectives.For(Section, static (ScopeConfig c) => c.Kill),
    ]);
}
