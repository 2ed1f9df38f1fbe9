using System.Globalization;
using System.Text;

namespace Trasgo.Engine.State;

/// <summary>
/// Words on a line. Whatever is not a printable character of ASCII is written as the number of its UTF-16 unit, so that no text can be
/// taken for the end of its line (CVE-2018-15686), and a byte that is no UTF-8, which we keep as a lone surrogate, comes back as what it was.
/// </summary>
internal static class StateWords
{
    private const char Escape = '\\';
    private const string Empty = "\\-";
    private const int DigitCount = 4;

    public static void Append(StringBuilder line, string word)
    {
        if (word.Length == 0)
        {
            line.Append(Empty);
        }

        foreach (var unit in word)
        {
            if (unit is > ' ' and < '\x7f' and not Escape)
            {
                line.Append(unit);
            }
            else
            {
                line.Append(Escape).Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            }
        }
    }

    /// <summary>The words of a line; null if it is damaged.</summary>
    public static string[]? Split(ReadOnlySpan<char> line)
    {
        var words = new List<string>();
        foreach (var range in line.Split(' '))
        {
            if (Read(line[range]) is not { } word)
            {
                return null;
            }

            words.Add(word);
        }

        return [.. words];
    }

    private static string? Read(ReadOnlySpan<char> written)
    {
        if (written.SequenceEqual(Empty))
        {
            return "";
        }

        if (written.IsEmpty || written.ContainsAnyExceptInRange('!', '~'))
        {
            return null;
        }

        if (!written.Contains(Escape))
        {
            return written.ToString();
        }

        var word = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != Escape)
            {
                word.Append(written[i]);
            }
            else if (i + DigitCount < written.Length &&
                ushort.TryParse(written.Slice(i + 1, DigitCount), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                word.Append((char)unit);
                i += DigitCount;
            }
            else
            {
                return null;
            }
        }

        return word.ToString();
    }
}
