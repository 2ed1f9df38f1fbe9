using System.Globalization;
using System.Text;

namespace Trasgo.Exec;

/// <summary>What (sd-pam) is asked for: texts with a NUL after each, in the order in which native/pam.c reads them.</summary>
internal static class PamRequest
{
    public static byte[] Of(PamStart start, int pid)
    {
        var identity = start.Identity;
        var text = new StringBuilder();
        Add(text, start.Parameters.Config.PamName!);
        Add(text, identity.Name!);
        Add(text, start.Parameters.Config.TtyPath ?? string.Empty);
        Add(text, CommOf(start.Parameters.Command.Path));
        Add(text, (identity.Uid ?? 0).ToString(CultureInfo.InvariantCulture));
        Add(text, (identity.Gid ?? 0).ToString(CultureInfo.InvariantCulture));
        foreach (var entry in start.Environment)
        {
            Add(text, ExecEnvironment.WithPid(entry, pid));
        }

        return Linux.Utf8.Encode(text.ToString());
    }

    /// <summary>The name that systemd's child has until it executes: the end of the command's in parentheses.</summary>
    private static string CommOf(string path)
    {
        var name = Path.GetFileName(path);
        return $"({(name.Length > 8 ? name[^8..] : name)})";
    }

    private static void Add(StringBuilder text, string word) => text.Append(word).Append('\0');
}
