using System.Text;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Specifiers;

/// <summary>Replaces the "%x" of systemd.unit(5), "SPECIFIERS".</summary>
internal static class Specifier
{
    public const int MaxName = UnitName.MaxLength + 1;
    public const int MaxPath = PathText.MaxPath;
    public const int MaxText = UnitFileParser.LineLimit;

    /// <summary>The errors of TryExpand that a caller may tell apart.</summary>
    public const string Unknown = "Invalid slot";
    public const string TooLong = "File name too long";

    /// <summary>What a host says that lacks /etc/os-release or /etc/machine-id.</summary>
    public const string NoHostFile = "Protocol driver not attached";

    private const string Invalid = "Invalid argument";
    private const string NoFile = "No such file or directory";

    /// <summary>On failure <paramref name="error"/> is what strerror(3) says of the errno systemd would give.</summary>
    public static bool TryExpand(
        string text, SpecifierContext context, SpecifierSet allowed, out string result, out string? error, int maxLength = MaxText)
    {
        error = null;
        result = text;
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return Fits(text, maxLength, ref error);
        }

        var output = new StringBuilder(text.Length + 32);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || i + 1 == text.Length)
            {
                output.Append(text[i]);
                continue;
            }

            if (!Append(output, text[++i], context, allowed, ref error))
            {
                return false;
            }

            if (output.Length > maxLength)
            {
                error = TooLong;
                return false;
            }
        }

        result = output.ToString();
        return Fits(result, maxLength, ref error);
    }

    /// <summary>Writes text so that expansion gives it back.</summary>
    public static string Escape(string text) => text.Replace("%", "%%", StringComparison.Ordinal);

    private static bool Fits(string text, int maxLength, ref string? error)
    {
        var fits = text.Length <= maxLength / 3 || Encoding.UTF8.GetByteCount(text) <= maxLength;
        error = fits ? null : TooLong;
        return fits;
    }

    private static bool Append(StringBuilder output, char letter, SpecifierContext context, SpecifierSet allowed, ref string? error)
    {
        if (letter == '%')
        {
            output.Append('%');
            return true;
        }

        if (!allowed.HasFlag(SetOf(letter)) || SetOf(letter) == SpecifierSet.None)
        {
            // "100%" before a blank or "%." is left as it is; a letter or digit is taken for a mistake.
            if (char.IsAsciiLetterOrDigit(letter))
            {
                error = Unknown;
                return false;
            }

            output.Append('%').Append(letter);
            return true;
        }

        var value = Lookup(letter, context, out error);
        output.Append(value);
        return value is not null;
    }

    private static SpecifierSet SetOf(char letter) => letter switch
    {
        'i' or 'j' or 'n' or 'N' or 'p' => SpecifierSet.Name,
        'I' or 'J' or 'P' or 'f' or 'y' or 'Y' => SpecifierSet.Unescaped,
        'c' or 'r' or 'R' => SpecifierSet.ControlGroup,
        'C' or 'd' or 'E' or 'L' or 'S' or 't' => SpecifierSet.Directories,
        'h' or 's' => SpecifierSet.Home,
        'a' or 'A' or 'b' or 'B' or 'H' or 'l' or 'q' or 'm' or 'M' or 'o' or 'v' or 'w' or 'W' => SpecifierSet.System,
        'g' or 'G' or 'u' or 'U' => SpecifierSet.Credentials,
        'T' or 'V' => SpecifierSet.Temporary,
        _ => SpecifierSet.None,
    };

    private static string? Lookup(char letter, SpecifierContext context, out string? error)
    {
        if (FactOf(letter) is { } fact)
        {
            // For all users at once there is no user to speak of.
            if (SetOf(letter) == SpecifierSet.Credentials && context.Scope == RuntimeScope.Global)
            {
                error = Invalid;
                return null;
            }

            return context.Host.Get(fact, out error);
        }

        error = null;
        var value = OfUnit(letter, context);
        if (value is null)
        {
            error = letter is 'y' or 'Y' ? NoFile : Invalid;
        }

        return value;
    }

    private static string? OfUnit(char letter, SpecifierContext context)
    {
        var unit = context.Unit;
        return letter switch
        {
            'i' => unit.IsTemplate ? context.DefaultInstance ?? "" : unit.Instance ?? "",
            'I' => UnitName.Unescape(unit.Instance ?? ""),
            'n' => WithDefaultInstance(context)?.Text,
            'N' => unit.IsTemplate ? unit.PrefixAndInstance + context.DefaultInstance : unit.PrefixAndInstance,
            'p' => unit.Prefix,
            'P' => UnitName.Unescape(unit.Prefix),
            'j' => LastComponent(unit),
            'J' => UnitName.Unescape(LastComponent(unit)),
            'f' => unit.Instance is null ? unit.ToPath() : UnitName.UnescapePath(unit.Instance),
            'y' => RealFragment(context),
            'Y' => RealFragment(context) is { } path ? PathText.Directory(path) : null,
            'c' => context.ControlGroup,
            'r' => context.SliceControlGroup,
            'R' => context.ControlGroupRoot,
            'd' => context.Host.Get(HostFact.RuntimeDirectory, out _) is { } run ? $"{run}/credentials/{unit.Text}" : null,
            _ => null,
        };
    }

    private static UnitName? WithDefaultInstance(SpecifierContext context) =>
        context.Unit.IsTemplate && context.DefaultInstance is { } instance ? context.Unit.WithInstance(instance) : context.Unit;

    private static string LastComponent(UnitName unit) => unit.Prefix[(unit.Prefix.LastIndexOf('-') + 1)..];

    private static string? RealFragment(SpecifierContext context) =>
        context.FragmentPath is { } path ? context.Host.RealPath(path) : null;

    private static HostFact? FactOf(char letter) => letter switch
    {
        'a' => HostFact.Architecture,
        'A' => HostFact.OsImageVersion,
        'b' => HostFact.BootId,
        'B' => HostFact.OsBuildId,
        'C' => HostFact.CacheDirectory,
        'E' => HostFact.ConfigurationDirectory,
        'g' => HostFact.GroupName,
        'G' => HostFact.GroupId,
        'h' => HostFact.Home,
        'H' => HostFact.HostName,
        'l' => HostFact.ShortHostName,
        'L' => HostFact.LogsDirectory,
        'm' => HostFact.MachineId,
        'M' => HostFact.OsImageId,
        'o' => HostFact.OsId,
        'q' => HostFact.PrettyHostName,
        's' => HostFact.Shell,
        'S' => HostFact.StateDirectory,
        't' => HostFact.RuntimeDirectory,
        'T' => HostFact.TemporaryDirectory,
        'u' => HostFact.UserName,
        'U' => HostFact.UserId,
        'v' => HostFact.KernelRelease,
        'V' => HostFact.VarTemporaryDirectory,
        'w' => HostFact.OsVersionId,
        'W' => HostFact.OsVariantId,
        _ => null,
    };
}
