using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Names;

/// <summary>Strings and paths as parts of unit names, as systemd.unit(5), "String Escaping for Inclusion in Unit Names".</summary>
internal sealed partial record UnitName
{
    public static bool IsValidPrefix(string prefix) =>
        prefix.Length > 0 && !prefix.AsSpan().ContainsAnyExcept(UnitNameCharacters.Valid);

    public static bool IsValidInstance(string instance) =>
        instance.Length > 0 && !instance.AsSpan().ContainsAnyExcept(UnitNameCharacters.ValidWithAt);

    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        var bytes = ByteText.Encode(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            if (c == '/')
            {
                result.Append('-');
            }
            else if (c is '-' or '\\' || (c == '.' && i == 0) || !UnitNameCharacters.Valid.Contains(c))
            {
                AppendEscaped(result, bytes[i]);
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>null if the text holds a backslash that does not begin "\xHH".</summary>
    public static string? Unescape(string text)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '-')
            {
                bytes.Add((byte)'/');
            }
            else if (text[i] != '\\')
            {
                var width = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                bytes.AddRange(ByteText.Encode(text.Substring(i, width)));
                i += width - 1;
            }
            else if (i + 3 < text.Length && text[i + 1] == 'x' && char.IsAsciiHexDigit(text[i + 2]) && char.IsAsciiHexDigit(text[i + 3]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 2, 2))[0]);
                i += 3;
            }
            else
            {
                return null;
            }
        }

        // The C string ends at a NUL that an escape brought in.
        var end = bytes.IndexOf(0);
        return ByteText.Decode(bytes.ToArray().AsSpan(0, end < 0 ? bytes.Count : end));
    }

    /// <summary>null if the path is not normalized.</summary>
    public static string? EscapePath(string path)
    {
        var simple = PathText.Simplify(path);
        if (simple.Length == 0 || !simple.AsSpan().ContainsAnyExcept('/'))
        {
            return "-";
        }

        return PathText.IsNormalized(simple) ? Escape(simple.Trim('/')) : null;
    }

    /// <summary>null if the text is not the escaped form of a normalized absolute path.</summary>
    public static string? UnescapePath(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (string.Equals(text, "-", StringComparison.Ordinal))
        {
            return "/";
        }

        // systemd would end the path at an escaped NUL, and so take one for another.
        if (text.Contains("\\x00", StringComparison.Ordinal) || Unescape(text) is not { } path || path.StartsWith('/') || path.EndsWith('/'))
        {
            return null;
        }

        return PathText.IsNormalized("/" + path) ? "/" + path : null;
    }

    /// <summary>The unit of a path: /var/log and Mount give "var-log.mount"; null for a path that is not normalized.</summary>
    public static UnitName? FromPath(string path, UnitType type)
    {
        if (EscapePath(path) is not { } escaped)
        {
            return null;
        }

        var text = escaped + type.Suffix();
        if (text.Length > MaxLength)
        {
            text = LongUnitName.Shorten(text, type);
        }

        return TryParse(text, UnitNameFlags.Plain, out var name) ? name : null;
    }

    /// <summary>The template's instance for a path: "fsck@" and /dev/sda1; null if too long or not normalized.</summary>
    public static UnitName? FromPathInstance(string prefix, string path, UnitType type) =>
        EscapePath(path) is { } escaped ? Build(prefix, escaped, type) : null;

    /// <summary>The path this unit is named for; null if it is no path name or a shortened one.</summary>
    public string? ToPath() => LongUnitName.IsShortened(this) ? null : UnescapePath(Prefix);

    private static void AppendEscaped(StringBuilder result, byte value) =>
        result.Append("\\x").Append((char)HexDigit(value >> 4)).Append((char)HexDigit(value & 15));

    private static int HexDigit(int value) => value < 10 ? '0' + value : 'a' + value - 10;
}
