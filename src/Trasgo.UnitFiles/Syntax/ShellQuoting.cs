using System.Text;

namespace Trasgo.UnitFiles.Syntax;

/// <summary>Strings written so that a shell, or ExecStart= itself, reads them back.</summary>
internal static class ShellQuoting
{
    private const string NeedEscape = "\"\\`$";
    private const string NeedEscapePosix = "\\'";
    private const string NeedQuotes = NeedEscape + "*?[" + "'()<>|&;!" + Quoting.Whitespace;

    /// <summary>Puts a backslash before each character of <paramref name="bad"/> and writes control characters as C does.</summary>
    public static string Escape(string text, string bad)
    {
        var result = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsPlain(text, i))
            {
                result.Append(CEscape.Encode(text.Substring(i, 1)));
            }
            else if (text[i] == '\\' || bad.Contains(text[i], StringComparison.Ordinal))
            {
                result.Append('\\').Append(text[i]);
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }

    /// <summary>
    /// The text itself where a shell would not touch it, else in double quotes or, with <paramref name="posix"/>, in $''.
    /// </summary>
    public static string MaybeQuote(string text, bool posix = false, bool quoteEmpty = false)
    {
        if (quoteEmpty && text.Length == 0)
        {
            return "\"\"";
        }

        for (var i = 0; ; i++)
        {
            if (i == text.Length)
            {
                return text;
            }

            if (!IsPlain(text, i) || NeedQuotes.Contains(text[i], StringComparison.Ordinal))
            {
                break;
            }
        }

        return posix ? $"$'{Escape(text, NeedEscapePosix)}'" : $"\"{Escape(text, NeedEscape)}\"";
    }

    public static string CommandLine(IEnumerable<string> arguments, bool posix = false) =>
        string.Join(' ', arguments.Select(a => MaybeQuote(a, posix, quoteEmpty: true)));

    /// <summary>Neither a control character nor a byte outside UTF-8.</summary>
    private static bool IsPlain(string text, int index)
    {
        var c = text[index];
        if (c is < ' ' or '\x7f')
        {
            return false;
        }

        return !char.IsSurrogate(c)
            || (char.IsHighSurrogate(c) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            || (char.IsLowSurrogate(c) && index > 0 && char.IsHighSurrogate(text[index - 1]));
    }
}
