using System.Globalization;
using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>The escapes of C, with "\s" for a space as the desktop files have it.</summary>
internal static class CEscape
{
    /// <summary>
    /// Decodes what follows a backslash and appends it; returns the characters used, 0 for an unknown escape. "\xHH" and
    /// "\NNN" name bytes, "\u" and "\U" characters.
    /// </summary>
    public static int TryDecode(ReadOnlySpan<char> text, bool acceptNul, StringBuilder result)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        return text[0] switch
        {
            'x' => DecodeByte(text, 1, 2, 16, acceptNul, result),
            'u' => DecodeCharacter(text, 4, acceptNul, result),
            'U' => DecodeCharacter(text, 8, acceptNul, result),
            >= '0' and <= '7' => DecodeByte(text, 0, 3, 8, acceptNul, result),
            _ => DecodeLetter(text[0], result),
        };
    }

    /// <summary>Writes text so that TryDecode reads it back: control characters and non-ASCII bytes in octal.</summary>
    public static string Encode(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var b in ByteText.Encode(text))
        {
            var letter = b switch
            {
                7 => 'a',
                8 => 'b',
                12 => 'f',
                10 => 'n',
                13 => 'r',
                9 => 't',
                11 => 'v',
                (byte)'\\' => '\\',
                (byte)'"' => '"',
                (byte)'\'' => '\'',
                _ => '\0',
            };
            if (letter != 0)
            {
                result.Append('\\').Append(letter);
            }
            else if (b is < 32 or >= 127)
            {
                result.Append('\\').Append((char)('0' + (b >> 6))).Append((char)('0' + ((b >> 3) & 7))).Append((char)('0' + (b & 7)));
            }
            else
            {
                result.Append((char)b);
            }
        }

        return result.ToString();
    }

    /// <summary>"\xHH" for control characters, non-ASCII bytes, the backslash and every character of <paramref name="bad"/>.</summary>
    public static string EncodeHex(string text, string bad)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var b in ByteText.Encode(text))
        {
            if (b is < 32 or >= 127 or (byte)'\\' || bad.Contains((char)b, StringComparison.Ordinal))
            {
                result.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append((char)b);
            }
        }

        return result.ToString();
    }

    private static int DecodeLetter(char letter, StringBuilder result)
    {
        var c = letter switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            '\\' => '\\',
            '"' => '"',
            '\'' => '\'',
            's' => ' ',
            _ => '\0',
        };
        if (c == '\0')
        {
            return 0;
        }

        result.Append(c);
        return 1;
    }

    private static int DecodeByte(ReadOnlySpan<char> text, int start, int digits, int radix, bool acceptNul, StringBuilder result)
    {
        if (!TryNumber(text, start, digits, radix, out var value) || value > 255 || (value == 0 && !acceptNul))
        {
            return 0;
        }

        result.Append(value < 0x80 ? (char)value : ByteText.RawByte((byte)value));
        return start + digits;
    }

    private static int DecodeCharacter(ReadOnlySpan<char> text, int digits, bool acceptNul, StringBuilder result)
    {
        if (!TryNumber(text, 1, digits, 16, out var value) || (value == 0 && !acceptNul))
        {
            return 0;
        }

        if (Rune.IsValid(value))
        {
            result.Append(new Rune(value).ToString());
            return 1 + digits;
        }

        if (digits == 8)
        {
            return 0;
        }

        // "\uD800" has no character; systemd writes the three bytes it would have, and so do we.
        result.Append(ByteText.RawByte((byte)(0xE0 | (value >> 12))))
            .Append(ByteText.RawByte((byte)(0x80 | ((value >> 6) & 63))))
            .Append(ByteText.RawByte((byte)(0x80 | (value & 63))));
        return 1 + digits;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, int start, int digits, int radix, out uint value)
    {
        value = 0;
        if (text.Length < start + digits)
        {
            return false;
        }

        foreach (var c in text.Slice(start, digits))
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix)
            {
                return false;
            }

            value = (value * (uint)radix) + (uint)digit;
        }

        return true;
    }
}
