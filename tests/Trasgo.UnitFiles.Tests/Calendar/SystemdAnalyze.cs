using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Trasgo.UnitFiles.Tests.Calendar;

/// <summary>Debian's systemd-analyze, asked about many expressions at once.</summary>
internal static partial class SystemdAnalyze
{
    private const string Program = "/usr/bin/systemd-analyze";

    public static string? ReasonToSkip() => File.Exists(Program) ? null : "systemd-analyze is not installed";

    /// <summary>
    /// What is said of each expression, without what depends on the present time; "invalid" for those that it does not take. Where its
    /// search runs in a circle until it gives up, it has no answer.
    /// </summary>
    public static Dictionary<string, string[]> Ask(string zone, IReadOnlyList<string> options, IReadOnlyCollection<string> expressions)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = zone;
        start.Environment["LC_ALL"] = "C";
        foreach (var argument in (string[])[.. options, "--", .. expressions])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var answers = expressions.ToDictionary(static expression => expression, static _ => (string[])["invalid"], StringComparer.Ordinal);
        foreach (var paragraph in process.StandardOutput.ReadToEnd().Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = paragraph.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (lines.Length == 0)
            {
                continue;
            }

            var name = Value(Array.Find(lines, static line => line.StartsWith("Original", StringComparison.Ordinal)) ?? lines[0]);
            answers[name] = [.. lines.Where(static line => !line.StartsWith("From now", StringComparison.Ordinal))];
        }

        process.WaitForExit();
        foreach (Match match in EndlessSearch().Matches(errors.Result))
        {
            answers.Remove(match.Groups[1].Value);
        }

        return answers;
    }

    [GeneratedRegex("^Failed to determine next elapse for '(.*)': Resource deadlock avoided$", RegexOptions.Multiline)]
    private static partial Regex EndlessSearch();

    private static string Value(string line) => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
