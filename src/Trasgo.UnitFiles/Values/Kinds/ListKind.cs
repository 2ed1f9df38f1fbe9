using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>
/// A list of words that grows with each assignment and is emptied by an empty one. Each word is expanded and checked on its
/// own, so that one bad word costs no other.
/// </summary>
internal sealed class ListKind(string syntax, string good, string? bad, ExtractFlags flags) : ValueKind<List<string>>("as", syntax)
{
    public override string Good => good;

    public override string? Bad => bad;

    public string Separators { get; init; } = Quoting.Whitespace;

    /// <summary>Makes of a raw word the item to keep: expands, checks, complains. null drops the word.</summary>
    public required Func<string, ParseContext, string?> Item { get; init; }

    /// <summary>How an item joins the list, if not at its end.</summary>
    public Action<List<string>, string>? Add { get; init; }

    /// <summary>Whether an item from a client is sound.</summary>
    public Func<string, bool>? IsValid { get; init; }

    /// <summary>Whether the first bad word ends the line.</summary>
    public bool StopsAtBadItem { get; init; }

    /// <summary>Whether specifiers are resolved in the line as a whole, before it is split: one that cannot be resolved costs all words.</summary>
    public bool ExpandsLine { get; init; }

    /// <summary>Whether an empty assignment leaves the list alone.</summary>
    public bool EmptyKeeps { get; init; }

    /// <summary>Whether every word is written in quotes, also those that need none, as systemd writes it.</summary>
    public bool AlwaysQuotes { get; init; }

    /// <summary>Whether a bad line makes the unit bad-setting.</summary>
    public bool Fatal { get; init; }

    public override void Parse(string text, ref List<string> value, ParseContext context)
    {
        if (text.Length == 0 && !EmptyKeeps)
        {
            value.Clear();
            return;
        }

        if (ExpandsLine && !context.Expand(text, out text))
        {
            return;
        }

        var position = 0;
        while (position >= 0)
        {
            var result = Quoting.ExtractWord(text, ref position, out var word, flags, Separators);
            if (result == ExtractResult.Invalid)
            {
                context.FailUnless(!Fatal, "has invalid quoting", text);
            }

            if (result != ExtractResult.Word)
            {
                return;
            }

            if (Item(word, context) is { } item)
            {
                Append(value, item);
            }
            else if (StopsAtBadItem || context.Outcome != ParseOutcome.Fine)
            {
                return;
            }
        }
    }

    public override void Write(List<string> value, IValueWriter writer)
    {
        writer.BeginArray("s");
        foreach (var item in value)
        {
            writer.String(item);
        }

        writer.EndArray();
    }

    public override void Format(List<string> value, List<string> texts)
    {
        if (!EmptyKeeps)
        {
            texts.Add("");
        }

        if (value.Count > 0)
        {
            texts.Add(Join(value));
        }
    }

    /// <summary>systemd's clients send what to add, and an empty list to reset.</summary>
    public override bool Read(IValueReader reader, List<string> texts)
    {
        var items = new List<string>();
        if (!reader.EnterArray("s"))
        {
            return false;
        }

        while (reader.More())
        {
            items.Add(reader.String());
        }

        reader.LeaveArray();
        foreach (var item in items)
        {
            if (IsValid?.Invoke(item) == false || (!flags.HasFlag(ExtractFlags.CUnescape) && !WordText.FitsLine(item)))
            {
                return false;
            }
        }

        texts.Add(Join(items));
        return true;
    }

    private void Append(List<string> list, string item)
    {
        if (Add is null)
        {
            list.Add(item);
        }
        else
        {
            Add(list, item);
        }
    }

    private string Join(List<string> items)
    {
        var separator = Separators[..1];
        return string.Join(separator, items.Select(item => Quote(WordText.EscapeSpecifiers(item))));
    }

    private string Quote(string item) =>
        flags.HasFlag(ExtractFlags.CUnescape) ? WordText.QuoteC(item)
        : flags.HasFlag(ExtractFlags.Unquote) && !flags.HasFlag(ExtractFlags.RetainEscape) ? WordText.Quote(item, AlwaysQuotes)
        : item;
}
