using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>What systemd-oomd is told.</summary>
internal static partial class ResourceDirectives
{
    private static readonly Enforcement s_oomd = Enforcement.Ignored("there is no systemd-oomd to tell");

    private static Directive<ResourceConfig>[] OomRows() =>
    [
        OomMode("ManagedOOMSwap", static c => ref c.ManagedOomSwap),
        OomMode("ManagedOOMMemoryPressure", static c => ref c.ManagedOomMemoryPressure),
        new CustomDirective<ResourceConfig>("", "ManagedOOMMemoryPressureLimit", "u", "PERCENT")
        {
            BusFlags = s_rows.Flags,
            Parser = ParsePressureLimit,
            Writer = static (c, writer) => writer.UInt32(c.ManagedOomMemoryPressureLimit),
            Formatter = static (c, texts) => texts.Add(c.ManagedOomMemoryPressureLimit == 0 ? "" : PressureText(c.ManagedOomMemoryPressureLimit)),
            Reader = static (reader, texts) =>
            {
                texts.Add(PressureText(reader.UInt32()));
                return true;
            },
            Enforcement = s_oomd,
            GoodSample = "35.5%",
            BadSample = "101%",
        },
        s_rows.Of("ManagedOOMPreference", Value.Enum(ResourceWords.ManagedOomPreference), static c => ref c.ManagedOomPreference, enforcement: s_oomd),
    ];

    private static CustomDirective<ResourceConfig> OomMode(string name, Field<ResourceConfig, ManagedOomMode> field) =>
        new("", name, "s", "{" + string.Join('|', ResourceWords.ManagedOomMode.Names) + "}")
        {
            BusFlags = s_rows.Flags,
            Parser = (c, text, context) =>
            {
                if (!IsForOomd(text, context))
                {
                    return;
                }

                if (text.Length == 0)
                {
                    field(c) = ManagedOomMode.Auto;
                }
                else if (ResourceWords.ManagedOomMode.TryParse(text, out var mode))
                {
                    field(c) = mode;
                }
                else
                {
                    context.Ignore("must be one of " + string.Join(", ", ResourceWords.ManagedOomMode.Names), text);
                }
            },
            Writer = (c, writer) => writer.String(ResourceWords.ManagedOomMode.Name(field(c))),
            Formatter = (c, texts) => texts.Add(ResourceWords.ManagedOomMode.Name(field(c))),
            Reader = static (reader, texts) =>
            {
                texts.Add(reader.String());
                return texts[0].Length == 0 || ResourceWords.ManagedOomMode.TryParse(texts[0], out _);
            },
            Enforcement = s_oomd,
            GoodSample = "kill",
            BadSample = "maybe",
        };

    private static string PressureText(uint limit) =>
        PercentText.Format((int)(((ulong)limit * Permyriad.Whole + (uint.MaxValue / 2)) / uint.MaxValue));

    private static bool IsForOomd(string text, ParseContext context)
    {
        if (context.Unit is null or { Type: UnitType.Service or UnitType.Slice or UnitType.Scope })
        {
            return true;
        }

        context.Ignore("is not for units of this type", text);
        return false;
    }

    private static void ParsePressureLimit(ResourceConfig config, string text, ParseContext context)
    {
        if (!IsForOomd(text, context))
        {
            return;
        }

        if (text.Length == 0)
        {
            config.ManagedOomMemoryPressureLimit = 0;
        }
        else if (Permyriad.TryParse(text, out var share))
        {
            config.ManagedOomMemoryPressureLimit = (uint)(((ulong)share * uint.MaxValue + (Permyriad.Whole / 2)) / Permyriad.Whole);
        }
        else
        {
            context.Ignore("is not a valid percentage", text);
        }
    }
}
