using System.Text;

namespace Trasgo.Oracle;

/// <summary>What a case looked like under one manager.</summary>
internal sealed class Transcript(string title)
{
    private readonly List<TranscriptEntry> _entries = [];

    public IReadOnlyList<TranscriptEntry> Entries => _entries;

    public void Add(Step step, StepResult result) =>
        _entries.Add(new TranscriptEntry(step, Masks.Apply(result.Output), Masks.Apply(result.Errors), result.Status, result));

    public string Text(bool masked)
    {
        var text = new StringBuilder().Append("# ").AppendLine(title);
        foreach (var entry in _entries)
        {
            text.Append(masked ? entry.ToString() : entry.Unmasked());
        }

        return text.ToString();
    }
}

internal sealed record TranscriptEntry(Step Step, string Output, string Errors, int Status, StepResult Raw)
{
    public bool Equals(TranscriptEntry? other) =>
        other is not null && Output == other.Output && Errors == other.Errors && Status == other.Status;

    public override int GetHashCode() => HashCode.Combine(Output, Errors, Status);

    public override string ToString() => Format(Output, Errors);

    public string Unmasked() => Format(Raw.Output.TrimEnd(), Raw.Errors.TrimEnd());

    private string Format(string output, string errors)
    {
        var text = new StringBuilder().Append("$ ").AppendLine(Step.Command);
        Append(text, output, "");
        Append(text, errors, "! ");
        if (Status != 0)
        {
            text.Append("= ").AppendLine(Status == StepResult.TimedOutStatus ? "timed out" : $"{Status}");
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string lines, string prefix)
    {
        if (lines.Length > 0)
        {
            foreach (string line in lines.Split('\n'))
            {
                text.Append(prefix).AppendLine(line);
            }
        }
    }
}
