using System.Globalization;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Exit statuses by number or name, and signals by name.</summary>
internal sealed class StatusSetKind() : ValueKind<ExitStatusSet>("(aiai)", "STATUS|SIGNAL ...")
{
    public override string Good => "7 TEMPFAIL SIGKILL";

    public override string Bad => "SOSO";

    public override void Parse(string text, ref ExitStatusSet value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.None) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            // Numbers are exit statuses, not signals.
            if (ExitStatuses.TryParse(word, out var status))
            {
                value.Statuses.Add(status);
            }
            else if (Signals.TryParse(word, out var signal))
            {
                value.Signals.Add(signal);
            }
            else
            {
                context.Ignore("has a word that is neither an exit status nor a signal", word);
            }
        }
    }

    public override void Write(ExitStatusSet value, IValueWriter writer)
    {
        writer.BeginStruct();
        WriteNumbers(value.IsEmpty ? [] : value.Statuses, writer);
        WriteNumbers(value.IsEmpty ? [] : value.Signals, writer);
        writer.EndStruct();
    }

    public override void Format(ExitStatusSet value, List<string> texts)
    {
        texts.Add("");
        if (!value.IsEmpty)
        {
            texts.Add(string.Join(' ', value.Statuses.Select(ExitStatuses.Format).Concat(value.Signals.Select(static s => "SIG" + Signals.Name(s)))));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var sent = new ExitStatusSet();
        reader.EnterStruct();
        var sound = ReadNumbers(reader, sent.Statuses, 0, 255) & ReadNumbers(reader, sent.Signals, 1, Signals.RtMax);
        reader.LeaveStruct();
        if (sent.IsEmpty)
        {
            texts.Add("");
        }
        else if (sound)
        {
            texts.AddRange([.. sent.Statuses.Select(static status => status.ToString(CultureInfo.InvariantCulture)), .. sent.Signals.Select(Signals.Name)]);
        }

        return sound;
    }

    private static void WriteNumbers(IReadOnlyCollection<int> numbers, IValueWriter writer)
    {
        writer.BeginArray("i");
        foreach (var number in numbers)
        {
            writer.Int32(number);
        }

        writer.EndArray();
    }

    private static bool ReadNumbers(IValueReader reader, SortedSet<int> numbers, int least, int most)
    {
        var sound = reader.EnterArray("i");
        while (sound && reader.More())
        {
            var number = reader.Int32();
            sound = number >= least && number <= most;
            numbers.Add(number);
        }

        reader.LeaveArray();
        return sound;
    }
}
