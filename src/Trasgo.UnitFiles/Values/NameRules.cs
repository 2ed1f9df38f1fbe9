using System.Text;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>What names and other short texts in directives must look like.</summary>
internal static class NameRules
{
    // The kernel's limit of one argument or variable, less what names the variable.
    private const int ArgumentMax = 2 * 1024 * 1024;

    /// <summary>
    /// A name or a number in systemd's relaxed sense: whatever could stand in /etc/passwd, and no number that is not a
    /// valid user ID (CVE-2017-1000082).
    /// </summary>
    public static bool IsUserOrGroup(string name)
    {
        if (name.Length == 0 || ByteText.HasRawBytes(name))
        {
            return false;
        }

        if (Numbers.TryDecimal(name, out var id) && (name.Length == 1 || name[0] != '0'))
        {
            return id is not (uint.MaxValue or 0xffff);
        }

        var digits = name[0] == '-' ? name.AsSpan(1) : name.AsSpan();
        return name[0] != ' ' && name[^1] != ' ' && name is not ("." or "..")
            && !name.AsSpan().ContainsAny(':', '/') && !HasControl(name)
            && digits.ContainsAnyExceptInRange('0', '9');
    }

    public static bool IsEnvironmentName(string name) => IsEnvironmentName(name.AsSpan());

    public static bool IsEnvironmentAssignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && IsEnvironmentName(text.AsSpan(0, equals)) && IsEnvironmentValue(text[(equals + 1)..]) && text.Length < ArgumentMax;
    }

    /// <summary>The colon separates names in $LISTEN_FDNAMES.</summary>
    public static bool IsDescriptorName(string name) =>
        name.Length <= 255 && !name.AsSpan().ContainsAnyExceptInRange(' ', '~') && !name.Contains(':', StringComparison.Ordinal);

    public static bool IsCredential(string name) => Paths.IsFileName(name) && IsDescriptorName(name);

    public static bool IsLogNamespace(string name) =>
        Paths.IsFileName(name) && name.Length <= 255 - 33 && IsSafeString(name) && !name.AsSpan().ContainsAny("*?[")
        && !name.AsSpan().ContainsAnyExcept(UnitNameCharacters.ValidWithAt);

    /// <summary>Neither quotes nor backslashes nor control characters.</summary>
    public static bool IsSafeString(string text) => !HasControl(text) && !text.AsSpan().ContainsAny("\"'\\\u007f");

    public static bool IsRebootArgument(string text) => Ascii.IsValid(text) && text.Length <= 255;

    public static bool IsJournalField(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 64 && name[0] is (>= 'A' and <= 'Z')
        && !name.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    public static bool IsInterface(string name)
    {
        if (name.Length is 0 or > 15 || name is "." or ".." or "all" or "default")
        {
            return false;
        }

        var numeric = true;
        foreach (var c in name)
        {
            if (c is <= ' ' or >= (char)127 or ':' or '/' or '%')
            {
                return false;
            }

            numeric &= char.IsAsciiDigit(c);
        }

        return !numeric;
    }

    /// <summary>A well-known name of the D-Bus specification.</summary>
    public static bool IsBusName(string name)
    {
        if (name.Length > 255 || !name.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }

        foreach (var range in name.AsSpan().Split('.'))
        {
            var element = name.AsSpan(range);
            if (element.IsEmpty || char.IsAsciiDigit(element[0])
                || element.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsDocumentationUrl(string url)
    {
        foreach (var scheme in (ReadOnlySpan<string>)["http://", "https://", "file:/", "info:", "man:"])
        {
            if (url.Length > scheme.Length && url.StartsWith(scheme, StringComparison.Ordinal))
            {
                return Ascii.IsValid(url);
            }
        }

        return false;
    }

    private static bool IsEnvironmentName(ReadOnlySpan<char> name) =>
        !name.IsEmpty && !char.IsAsciiDigit(name[0]) && name.Length < ArgumentMax
        && !name.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    private static bool IsEnvironmentValue(string value) => !ByteText.HasRawBytes(value) && !value.Contains('\0', StringComparison.Ordinal);

    private static bool HasControl(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or '\u007f')
            {
                return true;
            }
        }

        return false;
    }
}
