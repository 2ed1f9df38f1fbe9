using System.Text;
using Trasgo.UnitFiles.Specifiers;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Writes words so that the directives' parsers read the same words back.</summary>
internal static class WordText
{
    /// <summary>Whether a text can stand on one line of a unit file as it is: no line end, no NUL, no blanks that are stripped.</summary>
    public static bool FitsLine(string text) =>
        !text.AsSpan().ContainsAny('\n', '\r', '\0') && text.AsSpan().Trim(" \t").Length == text.Length && !text.EndsWith('\\');

    /// <summary>For values in which specifiers are expanded.</summary>
    public static string EscapeSpecifiers(string text) => Specifier.Escape(text);

    /// <summary>A word for parsers that know C escapes: anything but NUL can be written.</summary>
    public static string QuoteC(string text) => "\"" + CEscape.Encode(text) + "\"";

    /// <summary>A word for parsers that only know quotes and let a backslash vanish.</summary>
    public static string Quote(string text, bool always = false)
    {
        if (!always && text.Length > 0 && !text.AsSpan().ContainsAny(" \t\"'\\;"))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
            {
                result.Append('\\');
            }

            result.Append(c);
        }

        return result.Append('"').ToString();
    }
}
