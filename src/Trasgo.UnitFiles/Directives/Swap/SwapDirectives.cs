using System.Globalization;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>The [Swap] section: systemd.swap(5), in the order of the properties.</summary>
internal static class SwapDirectives
{
    public const string Section = "Swap";

    /// <summary>SWAP_FLAG_PRIO_MASK of swapon(2).</summary>
    private const int PriorityMost = 32767;

    private static readonly Rows<SwapConfig> s_rows = new(Section);

    private static readonly ScalarKind<int?> s_priority = new(
        "i", "-1...32767", "10", "32768",
        static (string text, out int? value) =>
        {
            var sound = Numbers.TryInt32(text, out var priority) && priority is >= -1 and <= PriorityMost;
            value = priority;
            return sound;
        },
        static value => value?.ToString(CultureInfo.InvariantCulture) ?? "",
        static (value, writer) => writer.Int32(value ?? -1))
    {
        EmptyResets = true,
    };

    private static DirectiveTable<SwapConfig>? s_table;

    public static DirectiveTable<SwapConfig> Table => s_table ??= new(
    [
        s_rows.Of("What", Value.Path, static c => ref c.What, flags: BusFlags.EmitsChange),
        s_rows.Of("Priority", s_priority, static c => ref c.Priority, flags: BusFlags.EmitsChange),
        s_rows.Of("Options", Value.String, static c => ref c.Options, flags: BusFlags.EmitsChange),
        s_rows.Of("TimeoutSec", Value.Timeout, static c => ref c.Timeout, "TimeoutUSec"),
        .. ResourceDirectives.For(Section, static (SwapConfig c) => c.Resources),
        .. ExecDirectives.For(Section, static (SwapConfig c) => c.Exec),
        .. KillDirectives.For(Section, static (SwapConfig c) => c.Kill),
    ],
    Enforcement.Ignored("swaps are not turned on yet"));
}
