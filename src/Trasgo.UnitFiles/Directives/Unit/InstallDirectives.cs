using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>
/// The [Install] section of systemd.unit(5). The manager reads past it, as systemd does; the table serves the documentation
/// and whoever wants the section as it is written.
/// </summary>
internal static class InstallDirectives
{
    public const string Section = "Install";

    private static readonly Rows<InstallConfig> s_rows = new(Section);

    private static readonly ListKind s_units = new("UNIT ...", "a.service b@1.service", bad: null, ExtractFlags.Unquote)
    {
        Item = static (word, _) => word,
    };

    private static DirectiveTable<InstallConfig>? s_table;

    public static DirectiveTable<InstallConfig> Table => s_table ??= new(
    [
        s_rows.Of("Alias", s_units, static c => ref c.Alias, ""),
        s_rows.Of("WantedBy", s_units, static c => ref c.WantedBy, ""),
        s_rows.Of("RequiredBy", s_units, static c => ref c.RequiredBy, ""),
        s_rows.Of("Also", s_units, static c => ref c.Also, ""),
        s_rows.Of("DefaultInstance", Value.PlainString, static c => ref c.DefaultInstance, ""),
    ]);
}
