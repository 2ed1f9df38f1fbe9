using Trasgo.Cli.Output;
using Trasgo.Linux;
using Trasgo.UnitFiles.Names;

namespace Trasgo.Cli.Commands.Run;

/// <summary>Names of the units: those that were asked for, with the suffixes left out, or made up.</summary>
internal static class RunNames
{
    /// <summary>Null after saying what is wrong with the name that was asked for.</summary>
    internal static UnitName? Unit(RunOptions options, UnitType type, CommandOutput output) =>
        options.Unit is { } text ? Typed(options, text, type, output) : UnitName.Parse($"run-r{Guid.NewGuid():N}.{type.ToText()}");

    /// <summary>The service and what starts it are called alike.</summary>
    internal static (UnitName Service, UnitName Trigger)? Pair(RunOptions options, UnitType trigger, CommandOutput output)
    {
        var text = options.Unit;
        foreach (var suffix in (ReadOnlySpan<string>)[".service", ".timer"])
        {
            if (text is not null && text.EndsWith(suffix, StringComparison.Ordinal))
            {
                text = text[..^suffix.Length];
                break;
            }
        }

        text ??= $"run-r{Guid.NewGuid():N}";
        return Typed(options, text, UnitType.Service, output) is { } service && Typed(options, text, trigger, output) is { } other
            ? (service, other)
            : null;
    }

    /// <summary>The slice that was asked for, below our own with --slice-inherit; null for the usual one.</summary>
    internal static string? Slice(RunOptions options, CommandOutput output)
    {
        var name = options.SliceInherit ? OwnSlice(options.User) : null;
        if (options.Slice is { Length: > 0 } asked)
        {
            name = name is null ? asked : $"{name}-{asked}";
        }

        return name is null ? null : Typed(options, name, UnitType.Slice, output)?.Text;
    }

    private static UnitName? Typed(RunOptions options, string text, UnitType type, CommandOutput output)
    {
        var mangled = UnitName.MangleCli(text, globs: false, type, out var escaped);
        if (mangled is null || !UnitName.TryParse(mangled, out var name))
        {
            output.Error("Failed to mangle unit name: Invalid argument");
            return null;
        }

        if (escaped && !options.Quiet)
        {
            output.Notice($"Invalid unit name \"{text}\" escaped as \"{mangled[..mangled.LastIndexOf('.')]}\" (maybe you should use systemd-escape?).");
        }

        return name;
    }

    /// <summary>Without its suffix, so that more can be appended.</summary>
    private static string? OwnSlice(bool user)
    {
        // The unified hierarchy's line, or systemd's own of the former kind.
        var lines = Processes.ReadText("/proc/self/cgroup")?.Split('\n') ?? [];
        var group = Array.Find(lines, static line => line.StartsWith("0::/", StringComparison.Ordinal) && line.Length > 4)
            ?? Array.Find(lines, static line => line.Contains(":name=systemd:", StringComparison.Ordinal)) ?? "";
        string? slice = null;
        foreach (var part in group[(group.LastIndexOf(':') + 1)..].Split('/'))
        {
            // What a user's manager calls its slices begins below its own service.
            slice = user && part.StartsWith("user@", StringComparison.Ordinal) ? null
                : part.EndsWith(".slice", StringComparison.Ordinal) ? part[..^".slice".Length] : slice;
        }

        return slice;
    }
}
