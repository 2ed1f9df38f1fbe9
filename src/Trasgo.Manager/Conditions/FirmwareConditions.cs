using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager;

/// <summary>ConditionFirmware=: how the machine booted, its device tree and its SMBIOS fields.</summary>
internal static class FirmwareConditions
{
    private const string CompatibleFile = "/proc/device-tree/compatible";
    private const string FieldDirectory = "/sys/class/dmi/id/";

    public static Result<bool> Firmware(string parameter)
    {
        switch (parameter)
        {
            case "uefi":
                return UefiFirmware.IsBooted;
            case "device-tree":
                return HostText.Exists("/sys/firmware/devicetree/");
        }

        if (Argument(parameter, "device-tree-compatible(", out var machine))
        {
            return machine is not null && IsCompatible(machine);
        }

        if (Argument(parameter, "smbios-field(", out var expression))
        {
            return expression is null ? Errno.EINVAL : TestField(expression);
        }

        return false;
    }

    /// <summary>True for the function; the argument is null where the closing parenthesis is not the last character.</summary>
    private static bool Argument(string parameter, string function, out string? argument)
    {
        argument = null;
        if (!parameter.StartsWith(function, StringComparison.Ordinal))
        {
            return false;
        }

        argument = parameter.EndsWith(')') ? parameter[function.Length..^1] : null;
        return true;
    }

    /// <summary>A list of texts, each with a NUL behind it.</summary>
    private static bool IsCompatible(string machine) =>
        HostText.All(CompatibleFile) is { Length: > 0 } list && list[^1] == '\0' && list[..^1].Split('\0').Contains(machine);

    private static Result<bool> TestField(string expression)
    {
        var end = expression.AsSpan().IndexOfAny(Comparisons.Characters);
        if (end <= 0)
        {
            return Errno.EINVAL;
        }

        var field = expression[..end].Trim();
        var text = expression[end..];
        var operation = Comparisons.Take(ref text, ofTexts: true);
        if (operation == Comparison.None || Quoting.SplitWords(text, ExtractFlags.Unquote) is not [var expected]
            || field.Length == 0 || field is "." or ".." || field.Contains('/', StringComparison.Ordinal))
        {
            return Errno.EINVAL;
        }

        var actual = FileSystem.Read(FieldDirectory + field, 64 * 1024);
        if (!actual.Ok)
        {
            return actual.Error == Errno.ENOENT ? false : actual.Error;
        }

        return Comparisons.Versions(operation, System.Text.Encoding.UTF8.GetString(actual.Value).TrimEnd(), expected);
    }
}
