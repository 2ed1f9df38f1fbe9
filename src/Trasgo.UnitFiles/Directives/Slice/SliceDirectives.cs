namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Slice] section: systemd.slice(5).</summary>
internal static class SliceDirectives
{
    public const string Section = "Slice";

    private static DirectiveTable<SliceConfig>? s_table;

    public static DirectiveTable<SliceConfig> Table => s_table ??= new(ResourceDirectives.For(Section, static (SliceConfig c) => c.Resources));
}
