using Trasgo.Linux;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Manager;

/// <summary>The kernel's command line and version, and lists of assignments in general.</summary>
internal static class KernelConditions
{
    public static bool CommandLine(string parameter) => Contains(KernelCommandLine.Words, parameter);

    /// <summary>"name" finds the word itself and "name=anything", "name=value" only that.</summary>
    public static bool Contains(IReadOnlyList<string> words, string parameter)
    {
        var withValue = parameter.Contains('=', StringComparison.Ordinal);
        foreach (var word in words)
        {
            if (word == parameter
                || (!withValue && word.Length > parameter.Length && word[parameter.Length] == '='
                    && word.StartsWith(parameter, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    public static Result<bool> Version(string parameter)
    {
        var release = HostText.Line("/proc/sys/kernel/osrelease") ?? "";
        var position = 0;
        for (var first = true; ; first = false)
        {
            switch (Quoting.ExtractWord(parameter, ref position, out var word, ExtractFlags.Unquote))
            {
                case ExtractResult.End:
                    return true;
                case ExtractResult.Invalid:
                    return Errno.EINVAL;
            }

            var text = word.Trim();
            var operation = Comparisons.Take(ref text, ofTexts: true);
            operation = operation == Comparison.None ? Comparison.PatternEqual : operation;
            text = text.TrimStart();

            // ">= 5.4" with the blank in it is an old form, good for the first expression only.
            if (text.Length == 0 && (!first || Quoting.ExtractWord(parameter, ref position, out text, ExtractFlags.None) != ExtractResult.Word))
            {
                return Errno.EINVAL;
            }

            var holds = Comparisons.Versions(operation, release, text);
            if (!holds.Ok || !holds.Value)
            {
                return holds;
            }
        }
    }
}
