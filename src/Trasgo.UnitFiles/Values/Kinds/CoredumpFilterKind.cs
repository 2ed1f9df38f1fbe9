using System.Globalization;
using Trasgo.UnitFiles.Directives;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Which mappings a core dump holds, core(5): names, masks in hexadecimal, "default" or "all"; assignments add up.</summary>
internal sealed class CoredumpFilterKind(string[] names) : ValueKind<ulong?>("t", "MAPPING ...")
{
    private const ulong Default = 0x33;

    public override string Good => "default private-dax 0x4";

    public override string Bad => "everything";

    public override void Parse(string text, ref ulong? value, ParseContext context)
    {
        if (text.Length == 0)
        {
            value = null;
        }
        else if (TryParse(text, out var mask))
        {
            value = (value ?? 0) | mask;
        }
        else
        {
            context.Ignore("has an unknown kind of mapping", text);
        }
    }

    public override void Write(ulong? value, IValueWriter writer) => writer.UInt64(value ?? 0);

    public override void Format(ulong? value, List<string> texts)
    {
        texts.Add("");
        if (value is { } mask)
        {
            texts.Add("0x" + mask.ToString("x", CultureInfo.InvariantCulture));
        }
    }

    public override bool Read(IValueReader reader, List<string> texts)
    {
        texts.Add("0x" + reader.UInt64().ToString("x", CultureInfo.InvariantCulture));
        return true;
    }

    private bool TryParse(string text, out ulong mask)
    {
        mask = 0;
        foreach (var word in Quoting.SplitWords(text, ExtractFlags.None) ?? [""])
        {
            var bit = Array.IndexOf(names, word);
            if (word is "all")
            {
                mask = uint.MaxValue;
            }
            else if (bit >= 0 || word is "default")
            {
                mask |= bit >= 0 ? 1UL << bit : Default;
            }
            else
            {
                var digits = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? word[2..] : word;
                if (!ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
                {
                    return false;
                }

                mask |= number;
            }
        }

        return true;
    }
}
