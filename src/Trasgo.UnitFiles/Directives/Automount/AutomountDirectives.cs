using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Automount] section: systemd.automount(5), in the order of the properties.</summary>
internal static class AutomountDirectives
{
    public const string Section = "Automount";

    private static readonly Rows<AutomountConfig> s_rows = new(Section);

    private static DirectiveTable<AutomountConfig>? s_table;

    public static DirectiveTable<AutomountConfig> Table => s_table ??= new(
    [
        s_rows.Of("Where", Value.Path, static c => ref c.Where),
        s_rows.Of("ExtraOptions", Value.String, static c => ref c.ExtraOptions),
        s_rows.Of("DirectoryMode", Value.Mode, static c => ref c.DirectoryMode),
        s_rows.Of("TimeoutIdleSec", Value.Timeout, static c => ref c.TimeoutIdle, "TimeoutIdleUSec"),
    ],
    Enforcement.Ignored("automount points are not set up yet"));
}
