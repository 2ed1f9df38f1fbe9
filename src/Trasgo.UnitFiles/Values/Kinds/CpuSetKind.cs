using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>CPUs or NUMA nodes as numbers and ranges; assignments add up until an empty one.</summary>
/// <param name="expands">Specifiers are resolved.</param>
/// <param name="replaces">What a client sets takes the place of what the unit has.</param>
internal sealed class CpuSetKind(bool expands, bool replaces = false) : ValueKind<CpuSet>("ay", "CPUS")
{
    public override string Good => "0-2 5,7";

    public override string? Bad => "two";

    /// <summary>What the line says, or null with a complaint.</summary>
    public static CpuSet? TryParse(string text, ParseContext context)
    {
        var result = new CpuSet();
        if (Quoting.SplitWords(text, ExtractFlags.Unquote, Quoting.Whitespace + ",") is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return null;
        }

        foreach (var word in words)
        {
            if (!TryRange(word, out var from, out var to) || to > CpuSet.MaxCpu)
            {
                context.Ignore("has a word that is neither a CPU number nor a range", word);
                return null;
            }

            if (from > to)
            {
                context.Ignore("has a range that runs backwards", word);
                result.Reserve(0);
            }

            for (var cpu = (int)to; cpu >= from; cpu--)
            {
                result.Add(cpu);
            }
        }

        return result;
    }

    public override void Parse(string text, ref CpuSet value, ParseContext context)
    {
        var expanded = text;
        if ((expands && !context.Expand(text, out expanded)) || TryParse(expanded, context) is not { } parsed)
        {
            return;
        }

        if (!parsed.IsSet)
        {
            value.Clear();
        }
        else
        {
            value.AddAll(parsed);
        }
    }

    public override void Write(CpuSet value, IValueWriter writer) => BusLists.Write(writer, value.Bits);

    public override void Format(CpuSet value, List<string> texts)
    {
        texts.Add("");
        if (value.IsSet)
        {
            texts.Add(value.ToString());
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        var bits = BusLists.Bytes(reader);
        if (bits.Length > (CpuSet.MaxCpu + 1) / 8)
        {
            return false;
        }

        var sent = CpuSet.FromBits(bits);
        if (replaces && sent.IsSet)
        {
            texts.Add("");
        }

        texts.Add(sent.ToString());
        return true;
    }

    private static bool TryRange(string word, out uint from, out uint to)
    {
        to = 0;
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? Numbers.TryUInt32(word, out from) && (to = from) == from
            : Numbers.TryUInt32(word[..dash], out from) & Numbers.TryUInt32(word[(dash + 1)..], out to);
    }
}
