namespace Trasgo.UnitFiles.Values;

internal static class Booleans
{
    public static bool? Parse(string text)
    {
        foreach (var word in (ReadOnlySpan<string>)["1", "yes", "y", "true", "t", "on"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        foreach (var word in (ReadOnlySpan<string>)["0", "no", "n", "false", "f", "off"])
        {
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return null;
    }

    public static string Format(bool value) => value ? "yes" : "no";
}
