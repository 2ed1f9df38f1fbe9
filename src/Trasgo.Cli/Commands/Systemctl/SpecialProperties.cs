using System.Globalization;
using Trasgo.Cli.Bus;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Cli.Commands.Systemctl;

/// <summary>Properties whose structure needs to be known to print them, by name and signature.</summary>
internal static partial class SpecialProperties
{
    internal static bool TryPrint(PropertyPrinter printer, string name, string? expected, BusValue value)
    {
        if (Structure(printer, name, value) is { } line)
        {
            printer.Print(name, expected, line);
            return true;
        }

        if (Joined(name, value) is { } list)
        {
            printer.Print(name, expected, list);
            return true;
        }

        if (Lines(printer, name, value) is not { } lines)
        {
            return false;
        }

        foreach (var text in lines)
        {
            printer.Print(name, expected, text);
        }

        return true;
    }

    // What is one value: null where the name or the type is not ours.
    private static string? Structure(PropertyPrinter printer, string name, BusValue value)
    {
        switch (value.Type, name)
        {
            case ('i', _) when name.EndsWith("ActionExitStatus", StringComparison.Ordinal):
                return value.Signed is >= 0 and <= 255 ? $"{value.Signed}" : printer.Options.ShowEmpty ? "[not set]" : "";
            case ('i', "NUMAPolicy"):
                return value.Signed switch
                {
                    0 => "default",
                    1 => "preferred",
                    2 => "bind",
                    3 => "interleave",
                    4 => "local",
                    _ => "n/a",
                };
            case ('t', _) when name.EndsWith("Timestamp", StringComparison.Ordinal):
                return printer.Timestamp(value.Unsigned);
            case ('(', "Job") when value.Signature == "(uo)":
                return value[0].Unsigned > 0 ? $"{value[0].Unsigned}" : "";
            case ('(', "Unit") when value.Signature == "(so)":
                return value[0].Text;
            case ('(', "LoadError"):
                return value[0].Text.Length + value[1].Text.Length > 0 ? $"{value[0].Text} \"{value[1].Text}\"" : "";
            case ('(', "SystemCallFilter" or "SystemCallLog" or "RestrictAddressFamilies" or "RestrictNetworkInterfaces"
                or "RestrictFileSystems"):
                return AllowList(printer, value);
            case ('(', "SELinuxContext" or "AppArmorProfile" or "SmackProcessLabel"):
                return value[1].Text.Length > 0 ? (value[0].Flag ? "-" : "") + value[1].Text : "";
            case ('(', _) when value.Signature == "(aiai)":
                return ExitStatuses(value);
            default:
                return null;
        }
    }

    // An empty deny list is a bare "~", shown only among the empty ones.
    private static string AllowList(PropertyPrinter printer, BusValue value) =>
        printer.Options.ShowEmpty || value[0].Flag || value[1].Items.Length > 0
            ? (value[0].Flag ? "" : "~") + string.Join(' ', value[1].Texts)
            : "";

    private static string ExitStatuses(BusValue value) => string.Join(' ',
        value[0].Items.Select(static status => status.Signed.ToString(CultureInfo.InvariantCulture))
            .Concat(value[1].Items.Select(static signal => Signals.Name((int)signal.Signed))));

    // What is an array on one line.
    private static string? Joined(string name, BusValue value) => (value.Type, name) switch
    {
        ('a', "StandardInputData" or "RootHashSignature") when value.Signature == "ay" => Convert.ToBase64String(value.Bytes),
        ('a', "IPAddressAllow" or "IPAddressDeny") => Join(value, AddressText.Format),
        ('a', "BindPaths" or "BindReadOnlyPaths") => Join(value, static item => item[0].Text.Length == 0
            ? null
            : $"{(item[2].Flag ? "-" : "")}{item[0].Text}{Suffix(item[1].Text)}{(item[3].Unsigned == 0x4000 ? ":rbind" : "")}"),
        ('a', "TemporaryFileSystem") => Join(value, static item =>
            item[0].Text.Length == 0 ? null : item[0].Text + Suffix(item[1].Text)),
        ('a', "LogExtraFields") => Join(value, static item => System.Text.Encoding.UTF8.GetString(item.Bytes)),
        ('a', "CPUAffinity" or "NUMAMask" or "AllowedCPUs" or "AllowedMemoryNodes" or "EffectiveCPUs"
            or "EffectiveMemoryNodes") when value.Signature == "ay" => BitRanges(value.Bytes),
        ('a', "MountImages") => Join(value, static item =>
            $"{(item[2].Flag ? "-" : "")}{item[0].Text}:{item[1].Text}{Options(item[3])}"),
        ('a', "ExtensionImages") => Join(value, static item => $"{(item[1].Flag ? "-" : "")}{item[0].Text}{Options(item[2])}"),
        _ => null,
    };

    private static string Suffix(string text) => text.Length == 0 ? "" : ":" + text;

    private static string Options(BusValue pairs) =>
        string.Concat(pairs.Items.Select(static pair => $":{pair[0].Text}:{pair[1].Text}"));

    private static string Join(BusValue value, Func<BusValue, string?> format) =>
        string.Join(' ', value.Items.Select(format).Where(static text => text is not null));

    // One bit a CPU, the first in the lowest bit of the first byte: "0-3 7".
    private static string BitRanges(byte[] set)
    {
        var ranges = new List<string>();
        for (var bit = 0; bit < set.Length * 8; bit++)
        {
            var first = bit;
            while (bit < set.Length * 8 && (set[bit / 8] & (1 << (bit % 8))) != 0)
            {
                bit++;
            }

            if (bit > first)
            {
                ranges.Add(bit - first == 1 ? $"{first}" : $"{first}-{bit - 1}");
            }
        }

        return string.Join(' ', ranges);
    }
}
