using System.Text;

namespace Trasgo.Oracle;

/// <summary>What two transcripts of one case have not in common.</summary>
internal static class Comparison
{
    /// <summary>An empty list means equal.</summary>
    public static List<string> Differences(StepFile file, Transcript expected, Transcript actual, KnownDifferences known)
    {
        var differences = new List<string>();
        for (int i = 0; i < expected.Entries.Count || i < actual.Entries.Count; i++)
        {
            if (i >= actual.Entries.Count || i >= expected.Entries.Count)
            {
                differences.Add($"{file.Name}:{file.Steps[i].Line}: only {(i >= actual.Entries.Count ? "systemd" : "the subject")} came this far");
                break;
            }

            var (left, right) = (expected.Entries[i], actual.Entries[i]);
            if (left.Equals(right))
            {
                if (known.IsObsolete(file.Name, left.Step))
                {
                    differences.Add(Gone($"{file.Name}:{left.Step.Line}", left.Step.Command));
                }
            }
            else if (known.OfStep(file.Name, left.Step) is null)
            {
                differences.Add(Describe(file, left, right));
            }
        }

        return differences;
    }

    /// <summary>What is said of an entry of known-differences.txt that hides nothing any more.</summary>
    public static string Gone(string key, string what) =>
        $"{key}: {what} is equal now; its entry in known-differences.txt must go (or begin with ~, if systemd differs from itself here)";

    private static string Describe(StepFile file, TranscriptEntry expected, TranscriptEntry actual)
    {
        var text = new StringBuilder().AppendLine($"{file.Name}:{expected.Step.Line}: $ {expected.Step.Command}");
        AppendDifference(text, "output", expected.Output, actual.Output);
        AppendDifference(text, "errors", expected.Errors, actual.Errors);
        if (expected.Status != actual.Status)
        {
            text.AppendLine($"    status: systemd {expected.Status}, subject {actual.Status}");
        }

        return text.ToString();
    }

    private static void AppendDifference(StringBuilder text, string what, string expected, string actual)
    {
        if (expected == actual)
        {
            return;
        }

        text.AppendLine($"    {what}: - systemd, + subject");
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int head = 0;
        while (head < left.Length && head < right.Length && left[head] == right[head])
        {
            head++;
        }

        int tail = 0;
        while (tail < left.Length - head && tail < right.Length - head && left[^(tail + 1)] == right[^(tail + 1)])
        {
            tail++;
        }

        Append(text, "    - ", left[head..^tail]);
        Append(text, "    + ", right[head..^tail]);
    }

    private static void Append(StringBuilder text, string prefix, string[] lines)
    {
        foreach (string line in lines.Take(40))
        {
            text.Append(prefix).AppendLine(line);
        }
    }
}
