using System.Text;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Names;

/// <summary>What a user typed on a command line, made a unit name: the rules of systemctl's UNIT argument.</summary>
internal sealed partial record UnitName
{
    /// <summary>
    /// The typed text as a unit name or, with <paramref name="globs"/>, as a pattern that is left alone; null if nothing
    /// valid can be made of it. <paramref name="escaped"/> says that characters were replaced, which systemctl remarks on.
    /// </summary>
    public static string? MangleCli(string text, bool globs, UnitType type, out bool escaped)
    {
        escaped = false;
        if (text.Length == 0 || IsValid(text))
        {
            return text.Length == 0 ? null : text;
        }

        if (globs && UnitNameCharacters.IsGlob(text) && !text.AsSpan().ContainsAnyExcept(UnitNameCharacters.ValidInGlob))
        {
            return text;
        }

        if (PathText.IsDevice(text) && FromPath(text, UnitType.Device) is { } device)
        {
            return device.Text;
        }

        if (text[0] == '/' && FromPath(text, UnitType.Mount) is { } mount)
        {
            return mount.Text;
        }

        var result = EscapeForMangling(text, globs, out escaped);
        if (!(globs && UnitNameCharacters.IsGlob(result)) && !IsValid(result))
        {
            result += type.Suffix();
        }

        return globs || IsValid(result) ? result : null;
    }

    public static string? MangleCli(string text, bool globs = false, UnitType type = UnitType.Service) =>
        MangleCli(text, globs, type, out _);

    private static string EscapeForMangling(string text, bool globs, out bool escaped)
    {
        escaped = false;
        var valid = globs ? UnitNameCharacters.ValidInGlob : UnitNameCharacters.ValidWithAt;
        var result = new StringBuilder(text.Length + 8);
        foreach (var b in ByteText.Encode(text))
        {
            if (valid.Contains((char)b))
            {
                result.Append((char)b);
                continue;
            }

            escaped = true;
            if (b == (byte)'/')
            {
                result.Append('-');
            }
            else
            {
                AppendEscaped(result, b);
            }
        }

        return result.ToString();
    }
}
