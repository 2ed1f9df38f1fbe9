using System.Diagnostics.CodeAnalysis;
using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Manager;

/// <summary>
/// The words of kernel-command-line(7). In a container the kernel's line is the host's, so the arguments of PID 1 stand for
/// it, as in systemd.
/// </summary>
internal static class KernelCommandLine
{
    public static IReadOnlyList<string> Words =>
        Text() is { } text ? Quoting.SplitWords(text.TrimEnd('\n'), ExtractFlags.Unquote | ExtractFlags.Relax) ?? [] : [];

    /// <summary>"key=value"; a key without a value is an empty text, a missing key null. The last one counts.</summary>
    public static string? Value(string key)
    {
        string? found = null;
        foreach (var word in Words)
        {
            if (TryMatch(word, key, out var value))
            {
                found = value;
            }
        }

        return found;
    }

    /// <summary>A key without a value is yes.</summary>
    public static bool? Switch(string key) => Value(key) switch
    {
        null => null,
        "" => true,
        var text => Booleans.Parse(text),
    };

    /// <summary>$SYSTEMD_PROC_CMDLINE is systemd's way to try out options without a boot loader.</summary>
    private static string? Text()
    {
        if (Environment.GetEnvironmentVariable("SYSTEMD_PROC_CMDLINE") is { } given)
        {
            return given;
        }

        if (!Container.IsContainer)
        {
            return HostText.All("/proc/cmdline");
        }

        return Processes.CommandLine(1) is { } arguments ? string.Join(' ', arguments) : null;
    }

    /// <summary>Hyphens and underscores are the same in a key.</summary>
    private static bool TryMatch(string word, string key, [NotNullWhen(true)] out string? value)
    {
        value = null;
        var at = word.IndexOf('=', StringComparison.Ordinal);
        var name = at < 0 ? word : word[..at];
        if (!string.Equals(name.Replace('_', '-'), key.Replace('_', '-'), StringComparison.Ordinal))
        {
            return false;
        }

        value = at < 0 ? "" : word[(at + 1)..];
        return true;
    }
}
