using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Typed text to unit names, with the remarks that systemctl makes when it had to change something.</summary>
internal static class NameMangling
{
    internal static string? Mangle(SystemctlContext context, string text, bool globs, UnitType type, string? operation)
    {
        var isPattern = UnitNameCharacters.IsGlob(text) && !text.AsSpan().ContainsAnyExcept(UnitNameCharacters.ValidInGlob);
        var refused = isPattern && !globs && !UnitName.IsValid(text);
        if (refused && !context.Options.Quiet)
        {
            context.Output.Notice(
                $"Glob pattern passed{(operation is null ? "" : " " + operation)}, but globs are not supported for this.");
        }

        var result = UnitName.MangleCli(text, globs, type, out var escaped);
        if (escaped && !context.Options.Quiet)
        {
            var hint = refused ? "" : " (maybe you should use systemd-escape?)";
            context.Output.Notice($"Invalid unit name \"{text}\" escaped as \"{Escaped(text, globs)}\"{hint}.");
        }

        return result;
    }

    /// <summary>For enable and its relatives, which also take paths. Null after saying what could not be used.</summary>
    internal static List<string>? MangleAll(SystemctlContext context, string operation, IEnumerable<string> texts)
    {
        var result = new List<string>();
        foreach (var text in texts)
        {
            var name = text.Contains('/', StringComparison.Ordinal)
                ? Path.Combine(Environment.CurrentDirectory, text)
                : Mangle(context, text, globs: false, UnitType.Service, operation);
            if (name is null)
            {
                context.Output.Error($"Failed to mangle unit name or path '{text}': Invalid argument");
                return null;
            }

            result.Add(name);
        }

        return result;
    }

    // The remark shows the name as escaped, before a suffix is added to it: an impossible type leaves it off.
    private static string Escaped(string text, bool globs)
    {
        var mangled = UnitName.MangleCli(text, globs, UnitType.Service) ?? text;
        return mangled.EndsWith(".service", StringComparison.Ordinal) && !text.EndsWith(".service", StringComparison.Ordinal)
            ? mangled[..^".service".Length]
            : mangled;
    }
}
