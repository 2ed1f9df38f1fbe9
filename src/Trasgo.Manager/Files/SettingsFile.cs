using System.Text;
using Trasgo.UnitFiles.Directives;

namespace Trasgo.Manager;

/// <summary>The files that clients' settings become: a transient unit's own, and the drop-ins of set-property.</summary>
internal static class SettingsFile
{
    private const string DropInHeader =
        "# This is a drop-in unit file extension, created via \"systemctl set-property\"\n# or an equivalent operation. Do not edit.\n";

    private const string TransientHeader = "# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n";

    public static string Transient(IReadOnlyList<Setting> settings) => Text(TransientHeader, settings, only: null);

    /// <summary>The settings of one directive, so that setting it again replaces the file.</summary>
    public static string DropIn(IReadOnlyList<Setting> settings, string directive) => Text(DropInHeader, settings, directive);

    private static string Text(string header, IReadOnlyList<Setting> settings, string? only)
    {
        var text = new StringBuilder(header);
        var section = "";
        foreach (var setting in settings)
        {
            if (only is not null && setting.Name != only)
            {
                continue;
            }

            if (setting.Section != section)
            {
                text.Append(section.Length > 0 ? "\n" : "");
                section = setting.Section;
                text.Append('[').Append(section).Append("]\n");
            }

            // A line break in a value would start a line of its own choosing (CVE-2018-15686 is of that kind).
            text.Append(setting.Name).Append('=').Append(setting.Text.Replace("\n", "\\\n", StringComparison.Ordinal)).Append('\n');
        }

        return text.ToString();
    }
}
