using System.Globalization;
using System.Text;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Writing;

/// <summary>
/// One assignment of a unit file that a generator writes. What inetd.conf or a crontab says was written by anybody, so each value is encoded such that it
/// is nothing but a value: specifiers are escaped, words are quoted, no line break is in it and no backslash ends it.
/// </summary>
internal sealed record UnitLine
{
    private const string PlainCharacters = "()+,-./0123456789:=@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private UnitLine(string name, string value) => (Name, Value) = (name, value);

    public string Name { get; }

    public string Value { get; }

    public static UnitLine Number(string name, ulong value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    public static UnitLine Number(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));

    public static UnitLine Yes(string name) => new(name, "yes");

    /// <summary>Free text. Control characters become question marks, since nothing but a line break could be meant by them.</summary>
    public static UnitLine Text(string name, string text) => new(name, WordText.EscapeSpecifiers(OneLine(text)));

    public static UnitLine Words(string name, params IEnumerable<string> words) => new(name, Join(words));

    /// <summary>
    /// A command with an argv[0] of its own ("@") and without environment variables (":"), systemd.service(5): where it comes from, a dollar
    /// sign is one.
    /// </summary>
    public static UnitLine Command(string name, string program, IReadOnlyList<string> argv) => new(name, Join([":@" + program, .. argv]));

    /// <summary>Whether a command of a unit can have this program: an absolute path of a file, without quotes, backslashes and control characters.</summary>
    public static bool IsProgram(string path) => path.StartsWith('/') && !path.EndsWith('/') && NameRules.IsSafeString(path);

    /// <summary>The text without anything that could end the line or go on to the next.</summary>
    public static string OneLine(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            result.Append(char.IsControl(c) ? '?' : c);
        }

        return text.EndsWith('\\') ? result.Append('?').ToString() : result.ToString();
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAnyExcept(PlainCharacters) ? word : WordText.EscapeSpecifiers(WordText.QuoteC(word));
}
