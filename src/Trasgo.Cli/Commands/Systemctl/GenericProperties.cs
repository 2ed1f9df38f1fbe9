using System.Globalization;
using Trasgo.Cli.Bus;
using Trasgo.Cli.Output;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Properties printed by their type, and numbers by what their name says they count.</summary>
internal static class GenericProperties
{
    private const ulong NamespacesAll = 0x7E020000;

    internal static bool TryPrint(PropertyPrinter printer, string name, string? expected, BusValue value)
    {
        switch (value.Signature)
        {
            case "s" or "o" or "g":
                PrintText(printer, name, expected, value.Text);
                return true;
            case "b":
                if (expected is null || Booleans.Parse(expected) == value.Flag)
                {
                    printer.Print(name, null, Booleans.Format(value.Flag));
                }

                return true;
            case "t":
                printer.Print(name, expected, Unsigned(name, value.Unsigned));
                return true;
            case "u":
                printer.Print(name, expected, Word(name, (uint)value.Unsigned));
                return true;
            case "x" or "i":
                printer.Print(name, expected, value.Signed.ToString(CultureInfo.InvariantCulture));
                return true;
            case "d":
                printer.Print(name, expected, value.Real.ToString("G6", CultureInfo.InvariantCulture));
                return true;
            case "as":
                printer.PrintList(name, string.Join(' ', value.Texts.Select(static text => ShellQuoting.MaybeQuote(text))),
                    value.Items.Length == 0);
                return true;
            case "ay":
                printer.PrintList(name, Convert.ToHexStringLower(value.Bytes), value.Bytes.Length == 0);
                return true;
            case "au":
                printer.PrintList(name, string.Concat(value.Items.Select(static item => $"{item.Unsigned:x8}")),
                    value.Items.Length == 0);
                return true;
            default:
                return false;
        }
    }

    // The line must stay one line.
    private static void PrintText(PropertyPrinter printer, string name, string? expected, string text)
    {
        if (printer.Options.ShowEmpty || text.Length > 0)
        {
            printer.Print(name, expected, text.Contains('\n', StringComparison.Ordinal) ? "[unprintable]" : text);
        }
    }

    private static string Word(string name, uint value) => name switch
    {
        _ when name.Contains("UMask", StringComparison.Ordinal) || name.Contains("Mode", StringComparison.Ordinal) =>
            Convert.ToString(value, 8).PadLeft(4, '0'),
        "UID" or "GID" when value == uint.MaxValue => "[not set]",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Unsigned(string name, ulong value)
    {
        if (name.EndsWith("Timestamp", StringComparison.Ordinal)
            || name is "NextElapseUSecRealtime" or "LastTriggerUSec" or "TimeUSec" or "RTCTimeUSec")
        {
            return TimestampText.Format(value) ?? "";
        }

        if (name.Contains("USec", StringComparison.Ordinal))
        {
            return TimeSpans.Format(value);
        }

        return name switch
        {
            "CoredumpFilter" => $"0x{value:x}",
            "RestrictNamespaces" => Namespaces(value),
            "MountFlags" => Propagation(value),
            "CapabilityBoundingSet" or "AmbientCapabilities" => CapabilityNames(value),
            "CPUWeight" or "StartupCPUWeight" when value == 0 => "idle",
            _ when value == ulong.MaxValue => Unlimited(name),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static string Unlimited(string name)
    {
        switch (name)
        {
            case "CPUWeight" or "StartupCPUWeight" or "IOWeight" or "StartupIOWeight" or "CPUShares" or "StartupCPUShares"
                or "BlockIOWeight" or "StartupBlockIOWeight" or "MemoryCurrent" or "TasksCurrent":
                return "[not set]";
            case "DefaultMemoryLow" or "DefaultMemoryMin" or "MemoryLow" or "MemoryHigh" or "MemoryMax" or "MemorySwapMax"
                or "MemoryLimit" or "MemoryAvailable" or "TasksMax" or "DefaultTasksMax":
                return "infinity";
            case "IPIngressBytes" or "IPIngressPackets" or "IPEgressBytes" or "IPEgressPackets":
                return "[no data]";
            default:
                break;
        }

        if (name.EndsWith("NSec", StringComparison.Ordinal))
        {
            return "[not set]";
        }

        return name.StartsWith("Limit", StringComparison.Ordinal) || name.StartsWith("DefaultLimit", StringComparison.Ordinal)
            ? "infinity"
            : ulong.MaxValue.ToString(CultureInfo.InvariantCulture);
    }

    private static string Namespaces(ulong allowed)
    {
        (string Name, ulong Flag)[] kinds =
        [
            ("cgroup", 0x02000000), ("ipc", 0x08000000), ("net", 0x40000000), ("mnt", 0x00020000), ("pid", 0x20000000),
            ("user", 0x10000000), ("uts", 0x04000000),
        ];
        return (allowed & NamespacesAll) switch
        {
            0 => "yes",
            NamespacesAll => "no",
            _ => string.Join(' ', kinds.Where(kind => (allowed & kind.Flag) != 0).Select(static kind => kind.Name)),
        };
    }

    private static string CapabilityNames(ulong set) => string.Join(' ', Enumerable.Range(0, Capabilities.Known)
        .Where(bit => (set & (1UL << bit)) != 0)
        .Select(static bit => Capabilities.Name(bit).ToLowerInvariant()));

    private static string Propagation(ulong flags) => flags switch
    {
        0 => "",
        1 << 20 => "shared",
        1 << 19 => "slave",
        1 << 18 => "private",
        _ => flags.ToString(CultureInfo.InvariantCulture),
    };
}
