using System.Globalization;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.UnitFiles.Values;

/// <summary>Sets, flags and limits.</summary>
internal static partial class Value
{
    private static readonly string[] s_secureBits =
        ["noroot", "noroot-locked", "no-setuid-fixup", "no-setuid-fixup-locked", "keep-caps", "keep-caps-locked"];

    private static readonly (string Name, ulong Flag)[] s_namespaces =
    [
        ("cgroup", 0x02000000), ("ipc", 0x08000000), ("net", 0x40000000), ("mnt", 0x00020000), ("pid", 0x20000000),
        ("user", 0x10000000), ("uts", 0x04000000),
    ];

    private static readonly (string Name, ulong Flag)[] s_propagation =
        [("shared", 1 << 20), ("slave", 1 << 19), ("private", 1 << 18)];

    private static readonly string[] s_coredump =
    [
        "private-anonymous", "shared-anonymous", "private-file-backed", "shared-file-backed", "elf-headers", "private-huge",
        "shared-huge", "private-dax", "shared-dax",
    ];

    private static readonly string[] s_numaPolicies = ["default", "preferred", "bind", "interleave", "local"];

    public static readonly ValueKind<ExitStatusSet> StatusSet = new StatusSetKind();

    public static readonly ValueKind<List<ExecCommand>> Commands = new ExecCommandsKind();

    public static readonly ValueKind<Directives.EmergencyAction> EmergencyAction = new EmergencyActionKind();

    public static readonly ValueKind<CpuSet> Cpus = new CpuSetKind(expands: true);

    /// <summary>AllowedCPUs= and its kin.</summary>
    public static readonly ValueKind<CpuSet> AllowedCpus = new CpuSetKind(expands: true, replaces: true);

    public static readonly ValueKind<int> SecureBits = new ScalarKind<int>(
        "i", "BIT ...", "keep-caps noroot", bad: null,
        static (string text, out int value) => TrySecureBits(text, out value),
        static value => string.Join(' ', s_secureBits.Where((_, bit) => (value & (1 << bit)) != 0)),
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32())
    {
        EmptyResets = true,
    };

    public static readonly ValueKind<ulong> MountPropagation = new ScalarKind<ulong>(
        "t", "{shared|slave|private}", "slave", "sideways",
        static (string text, out ulong value) => TryFlag(s_propagation, text, out value),
        static value => FlagNames(s_propagation, value),
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64())
    {
        EmptyResets = true,
    };

    public static readonly ValueKind<ulong?> CoredumpFilter = new CoredumpFilterKind(s_coredump);

    public static readonly ValueKind<ulong> Namespaces = new NamespacesKind(s_namespaces);

    public static readonly ValueKind<int?> Nice = new ScalarKind<int?>(
        "i", "NICE", "-5", "20",
        static (string text, out int? value) => InRange(text, -20, 19, out value),
        static value => value?.ToString(CultureInfo.InvariantCulture) ?? "",
        static (value, writer) => writer.Int32(value ?? 0),
        static reader => reader.Int32())
    {
        EmptyResets = true,
    };

    public static readonly ValueKind<int?> OomScoreAdjust = new ScalarKind<int?>(
        "i", "NUMBER", "-900", "1001",
        static (string text, out int? value) => InRange(text, -1000, 1000, out value),
        static value => value?.ToString(CultureInfo.InvariantCulture) ?? "",
        static (value, writer) => writer.Int32(value ?? 0),
        static reader => reader.Int32())
    {
        EmptyResets = true,
    };

    /// <summary>A log level; -1 is unset.</summary>
    public static readonly ValueKind<int> LogLevel = new ScalarKind<int>(
        "i", "LEVEL", "warning", "loud",
        SyslogNames.TryLevel,
        static value => value < 0 ? "" : SyslogNames.Level(value),
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32());

    public static readonly ValueKind<int> NumaPolicy = new ScalarKind<int>(
        "i", "{default|preferred|bind|interleave|local}", "interleave", "sideways",
        static (string text, out int value) => (value = Array.IndexOf(s_numaPolicies, text)) >= 0,
        static value => s_numaPolicies[value],
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32() is >= 0 and <= 4 and var policy ? policy : -1)
    {
        EmptyResets = true,
        Empty = -1,
    };

    public static ValueKind<ulong> CapabilitySet(bool startsFull) => new CapabilitySetKind(startsFull);

    public static ValueKind<ResourceLimit?> Limit(ResourceLimitKind kind) => new LimitKind(kind);

    /// <summary>A share of CPU or I/O time; ulong.MaxValue is unset, 0 is idle where that exists.</summary>
    public static ValueKind<ulong> Weight(ulong least, ulong most, bool idle = false) => new ScalarKind<ulong>(
        "t", idle ? "WEIGHT|idle" : "WEIGHT", "150", "0",
        (string text, out ulong value) =>
        {
            value = 0;
            return (idle && string.Equals(text, "idle", StringComparison.Ordinal))
                || (Numbers.TryUInt64(text, out value) && value >= least && value <= most);
        },
        static value => value == 0 ? "idle" : Text(value),
        static (value, writer) => writer.UInt64(value),
        static reader => reader.UInt64())
    {
        EmptyResets = true,
        Empty = ulong.MaxValue,
    };

    private static bool InRange(string text, int least, int most, out int? value)
    {
        var good = Numbers.TryInt32(text, out var parsed) && parsed >= least && parsed <= most;
        value = parsed;
        return good;
    }

    /// <summary>Unknown words vanish silently, as in systemd.</summary>
    private static bool TrySecureBits(string text, out int value)
    {
        value = 0;
        foreach (var word in Quoting.SplitWords(text, ExtractFlags.Unquote) ?? [])
        {
            var bit = Array.IndexOf(s_secureBits, word);
            value |= bit >= 0 ? 1 << bit : 0;
        }

        return true;
    }

    private static bool TryFlag((string Name, ulong Flag)[] table, string text, out ulong value)
    {
        value = Array.Find(table, entry => string.Equals(entry.Name, text, StringComparison.Ordinal)).Flag;
        return value != 0;
    }

    private static string FlagNames((string Name, ulong Flag)[] table, ulong value) =>
        string.Join(' ', table.Where(entry => (value & entry.Flag) != 0).Select(static entry => entry.Name));
}
