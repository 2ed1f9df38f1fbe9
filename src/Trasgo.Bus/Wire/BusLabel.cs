using System.Text;

namespace Trasgo.Bus.Wire;

/// <summary>
/// The escaping that puts any text into one element of an object path: letters stay, digits stay except in front, every other
/// byte becomes an underscore and two hexadecimal digits, and the empty text is a single underscore.
/// </summary>
internal static class BusLabel
{
    private const string Hex = "0123456789abcdef";

    public static string Escape(string text)
    {
        if (text.Length == 0)
        {
            return "_";
        }

        var result = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            var plain = char.IsAsciiLetter((char)b) || (char.IsAsciiDigit((char)b) && result.Length > 0);
            if (plain)
            {
                result.Append((char)b);
            }
            else
            {
                result.Append('_').Append(Hex[b >> 4]).Append(Hex[b & 15]);
            }
        }

        return result.ToString();
    }

    /// <summary>The text behind a label. An underscore that no two digits follow stands for itself, as in systemd.</summary>
    public static string Unescape(ReadOnlySpan<char> label)
    {
        if (label is "_")
        {
            return "";
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(label.Length)];
        var length = 0;
        for (var i = 0; i < label.Length; i++)
        {
            if (label[i] == '_' && i + 2 < label.Length && char.IsAsciiHexDigit(label[i + 1]) && char.IsAsciiHexDigit(label[i + 2]))
            {
                bytes[length++] = (byte)((Digit(label[i + 1]) << 4) | Digit(label[i + 2]));
                i += 2;
            }
            else
            {
                length += Encoding.UTF8.GetBytes(label.Slice(i, 1), bytes.AsSpan(length));
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' : char.ToLowerInvariant(c) - 'a' + 10;
}
