using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager.Files;

/// <summary>One field of os-release(5) or machine-info(5), which are written for shells.</summary>
internal static class EnvironmentFile
{
    /// <summary>The last value the field is given; null if it is given none.</summary>
    public static string? Value(string? text, string field)
    {
        string? value = null;
        foreach (var line in (text ?? "").Split('\n'))
        {
            if (line.StartsWith(field, StringComparison.Ordinal) && line.Length > field.Length && line[field.Length] == '=')
            {
                var words = Quoting.SplitWords(line[(field.Length + 1)..].Trim(), ExtractFlags.Unquote | ExtractFlags.Relax);
                value = words is { Count: > 0 } ? words[0] : "";
            }
        }

        return value;
    }
}
