using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Unit= of timers and paths: the first one counts, and there is no way back.</summary>
internal static class TriggerUnits
{
    public static Directive<TConfig> Row<TConfig>(string section, Field<TConfig, string?> field) => new CustomDirective<TConfig>(section, "Unit", "s", "UNIT")
    {
        Parser = (c, text, context) => Parse(ref field(c), text, context),
        Writer = (c, writer) => writer.String(field(c) ?? ""),
        Formatter = (c, texts) => texts.AddRange(field(c) is { } unit ? [WordText.EscapeSpecifiers(unit)] : []),
        Reader = static (reader, texts) =>
        {
            texts.Add(WordText.EscapeSpecifiers(reader.String()));
            return UnitName.IsValid(texts[0], UnitNameFlags.Plain | UnitNameFlags.Instance);
        },
        GoodSample = "other.service",
        BadSample = "other",
    };

    private static void Parse(ref string? unit, string text, ParseContext context)
    {
        if (unit is not null)
        {
            context.Ignore("was given already", text);
            return;
        }

        if (!context.ExpandUnitName(text, out var name))
        {
            return;
        }

        if (string.Equals(name, context.Unit?.Text, StringComparison.Ordinal))
        {
            context.Ignore("must be another unit", text);
            return;
        }

        unit = name;
    }
}
