using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Memory protections and limits.</summary>
internal static partial class ResourceDirectives
{
    private const ulong Page = 4096;

    private static Directive<ResourceConfig>[] MemoryRows() =>
    [
        s_rows.Of("MemoryAccounting", Value.Boolean, static c => ref c.MemoryAccounting, enforcement: Enforcement.UnifiedMemory, good: "no"),
        .. Protection("DefaultMemoryLow", static c => ref c.DefaultMemoryLow, static c => ref c.DefaultMemoryLowSet),
        .. Protection("DefaultMemoryMin", static c => ref c.DefaultMemoryMin, static c => ref c.DefaultMemoryMinSet),
        .. Protection("MemoryMin", static c => ref c.MemoryMin, static c => ref c.MemoryMinSet),
        .. Protection("MemoryLow", static c => ref c.MemoryLow, static c => ref c.MemoryLowSet),
        .. Memory("MemoryHigh", static c => ref c.MemoryHigh, Enforcement.UnifiedMemory),
        .. Memory("MemoryMax", static c => ref c.MemoryMax, Enforcement.Memory),
        .. Memory("MemorySwapMax", static c => ref c.MemorySwapMax, Enforcement.UnifiedMemory, zero: true),
        .. Memory("MemoryLimit", static c => ref c.MemoryLimit, Enforcement.Memory),
    ];

    private static Directive<ResourceConfig>[] Protection(string name, Field<ResourceConfig, ulong> field, Field<ResourceConfig, bool> isSet) =>
        Memory(name, field, name[0] == 'D' ? Enforcement.Ignored("slices do not pass it on yet") : Enforcement.UnifiedMemory, zero: true, isSet);

    private static Directive<ResourceConfig>[] Memory(
        string name, Field<ResourceConfig, ulong> field, Enforcement enforcement, bool zero = false, Field<ResourceConfig, bool>? isSet = null) =>
    [
        new CustomDirective<ResourceConfig>("", name, "t", "BYTES|PERCENT|infinity")
        {
            BusFlags = s_rows.Flags,
            Parser = (c, text, context) =>
            {
                // A protection that is taken back is none; a limit that is taken back is no limit.
                var value = text.Length == 0 && isSet is not null ? 0 : ResourceConfig.NoLimit;
                if (text is not ("" or "infinity") && !TryMemory(text, c.Host.PhysicalMemory, zero, out value))
                {
                    context.Ignore("is not a valid amount of memory", text);
                    return;
                }

                if (name == "MemoryLimit")
                {
                    context.Warn($"{name}= is for control groups v1, use MemoryMax=.");
                }

                field(c) = value;
                if (isSet is not null)
                {
                    isSet(c) = true;
                }
            },
            Writer = (c, writer) => writer.UInt64(field(c)),
            Formatter = (c, texts) => texts.AddRange(isSet is null || isSet(c) ? [LimitText(field(c))] : []),
            Reader = (reader, texts) =>
            {
                var value = reader.UInt64();
                texts.Add(LimitText(value));
                return zero || value > 0;
            },
            Enforcement = enforcement,
            GoodSample = "1G 5M",
            BadSample = zero ? "plenty" : "0",
        },
        s_rows.Setter(name + "Scale", "u", (reader, section, settings) => ReadScale(reader, section, name, settings)),
    ];

    private static bool TryMemory(string text, ulong physical, bool zero, out ulong value)
    {
        if (Permyriad.TryParse(text, out var share))
        {
            value = (ulong)((UInt128)(physical / Page) * (ulong)share / Permyriad.Whole) * Page;
        }
        else if (!Sizes.TryParse(text, out value))
        {
            return false;
        }

        return value != ResourceConfig.NoLimit && (zero || value > 0);
    }
}
