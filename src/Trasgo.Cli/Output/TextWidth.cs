using System.Text;

namespace Trasgo.Cli.Output;

/// <summary>How many terminal cells text takes, and how to make it fit.</summary>
internal static class TextWidth
{
    internal static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>
    /// Cuts <paramref name="text"/> to <paramref name="cells"/>, with an ellipsis where something is missing: the part before
    /// it keeps <paramref name="percent"/> of the room.
    /// </summary>
    internal static string Ellipsize(string text, int cells, int percent, Glyphs glyphs)
    {
        if (cells <= 0)
        {
            return "";
        }

        if (Of(text) <= cells)
        {
            return text;
        }

        // Three dots stand in where neither the text nor the locale has more than ASCII.
        var dots = glyphs.IsUnicode || !Ascii.IsValid(text) ? "…" : "...";
        if (cells <= dots.Length)
        {
            return dots[..Math.Min(dots.Length, cells)];
        }

        var room = cells - dots.Length;
        var before = (((room * percent) + 50) / 100) is var wanted && wanted > room ? room : wanted;
        return string.Concat(Head(text, before), dots, Tail(text, room - before));
    }

    internal static string PadRight(string text, int cells)
    {
        var missing = cells - Of(text);
        return missing <= 0 ? text : text + new string(' ', missing);
    }

    private static string Head(string text, int cells)
    {
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cells -= Of(rune);
            if (cells < 0)
            {
                break;
            }

            index += rune.Utf16SequenceLength;
        }

        return text[..index];
    }

    private static string Tail(string text, int cells)
    {
        var skip = Of(text) - cells;
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (skip <= 0)
            {
                break;
            }

            skip -= Of(rune);
            index += rune.Utf16SequenceLength;
        }

        return text[index..];
    }

    // Unicode's East Asian Wide and Fullwidth blocks, by range: enough for unit descriptions and command lines.
    private static int Of(Rune rune) => rune.Value switch
    {
        < 0x1100 => 1,
        <= 0x115f or (>= 0x2e80 and <= 0x303e) or (>= 0x3041 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) => 2,
        (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) => 2,
        (>= 0x1f300 and <= 0x1f64f) or (>= 0x1f900 and <= 0x1f9ff) or (>= 0x20000 and <= 0x3fffd) => 2,
        _ => 1,
    };
}
