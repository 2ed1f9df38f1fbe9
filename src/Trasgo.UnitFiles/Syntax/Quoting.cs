using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>Words of a directive's value, as systemd.syntax(7) and systemd.service(5), "COMMAND LINES", quote them.</summary>
internal static class Quoting
{
    public const string Whitespace = " \t\n\r";

    /// <summary>
    /// Takes the next word at <paramref name="position"/> and moves it on; it becomes -1 when the text is used up, which
    /// differs from standing at the end only where separators count one by one.
    /// </summary>
    public static ExtractResult ExtractWord(
        string text, ref int position, out string word, ExtractFlags flags, string separators = Whitespace)
    {
        var scanner = new WordScanner(text, position, flags, separators);
        var result = scanner.Scan(out word);
        position = scanner.Position;
        return result;
    }

    /// <summary>
    /// As ExtractWord, but an unknown escape is kept and reported rather than refused; what is left to be Invalid is an
    /// unbalanced quote, which is reported too.
    /// </summary>
    public static ExtractResult ExtractWordAndWarn(
        string text, ref int position, out string word, ExtractFlags flags, Action<Severity, string> report,
        string separators = Whitespace)
    {
        var start = position;
        var result = ExtractWord(text, ref position, out word, flags, separators);
        if (result != ExtractResult.Invalid)
        {
            return result;
        }

        if (!flags.HasFlag(ExtractFlags.UnescapeRelax))
        {
            position = start;
            result = ExtractWord(text, ref position, out word, flags | ExtractFlags.UnescapeRelax, separators);
            if (result != ExtractResult.Invalid)
            {
                report(Severity.Warning, $"Ignoring unknown escape sequences: \"{word}\"");
                return result;
            }
        }

        report(Severity.Error, $"Unbalanced quoting, ignoring: \"{text}\"");
        return ExtractResult.Invalid;
    }

    /// <summary>All words of the text; null if one is invalid.</summary>
    public static List<string>? SplitWords(string text, ExtractFlags flags, string separators = Whitespace)
    {
        var words = new List<string>();
        var position = 0;
        for (; ; )
        {
            switch (ExtractWord(text, ref position, out var word, flags, separators))
            {
                case ExtractResult.Word:
                    words.Add(word);
                    break;
                case ExtractResult.End:
                    return words;
                default:
                    return null;
            }
        }
    }

    /// <summary>Resolves C escapes throughout; null if one is unknown, unless relaxed.</summary>
    public static string? CUnescape(string text, bool relax = false, bool acceptNul = false)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                result.Append(text[i]);
                continue;
            }

            var used = i + 1 < text.Length ? CEscape.TryDecode(text.AsSpan(i + 1), acceptNul, result) : 0;
            if (used > 0)
            {
                i += used;
            }
            else if (relax)
            {
                result.Append('\\');
            }
            else
            {
                return null;
            }
        }

        return ByteText.Normalize(result.ToString());
    }
}
