using System.Globalization;
using System.Net;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>IP accounting and firewalling.</summary>
internal static partial class ResourceDirectives
{
    // The kernel's address families, as the bus shows them.
    private const int FamilyIPv4 = 2;
    private const int FamilyIPv6 = 10;

    private static Directive<ResourceConfig>[] NetworkRows() =>
    [
        s_rows.Of("IPAccounting", Value.Boolean, static c => ref c.IpAccounting, enforcement: Enforcement.Bpf),
        Addresses("IPAddressAllow", static c => ref c.IpAddressAllow),
        Addresses("IPAddressDeny", static c => ref c.IpAddressDeny),
        s_rows.Of("IPIngressFilterPath", Value.UniquePaths, static c => ref c.IpIngressFilterPath, enforcement: Enforcement.Bpf, flags: BusFlags.Transient | BusFlags.AddsUp),
        s_rows.Of("IPEgressFilterPath", Value.UniquePaths, static c => ref c.IpEgressFilterPath, enforcement: Enforcement.Bpf, flags: BusFlags.Transient | BusFlags.AddsUp),
        new CustomDirective<ResourceConfig>("", "DisableControllers", "as", "CONTROLLER ...")
        {
            BusFlags = s_rows.Flags,
            Parser = ParseDisableControllers,
            Writer = static (c, writer) => BusLists.Write(writer, ControllerNames.Of(c.DisableControllers)),
            Formatter = static (c, texts) => texts.AddRange(
                c.DisableControllers == CgroupControllers.None ? [""] : ["", ControllerNames.Format(c.DisableControllers)]),
            Reader = static (reader, texts) =>
            {
                var names = BusLists.Strings(reader);
                texts.Add(string.Join(' ', names));
                return names.TrueForAll(static name => ControllerNames.TryParse(name, out _));
            },
            Enforcement = Enforcement.Ignored("controllers are switched on where a unit needs them"),
            GoodSample = "cpu io",
            BadSample = "gpu",
        },
    ];

    private static CustomDirective<ResourceConfig> Addresses(string name, Field<ResourceConfig, List<AddressPrefix>> field) =>
        new("", name, "a(iayu)", "ADDRESS[/PREFIX] ...|any|localhost|link-local|multicast")
        {
            BusFlags = s_rows.Flags | BusFlags.AddsUp,
            Parser = (c, text, context) => ParseAddresses(field(c), text, context),
            Writer = (c, writer) => WriteAddresses(field(c), writer),
            Formatter = (c, texts) => texts.AddRange(["", .. field(c).Select(AddressText)]),
            Reader = ReadAddresses,
            Enforcement = Enforcement.Bpf,
            GoodSample = "10.1.2.3/8 localhost 2001:db8::1",
            BadSample = "10.1.2",
        };

    private static string AddressText(AddressPrefix prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(prefix.Address)}/{prefix.Length}");

    private static void ParseAddresses(List<AddressPrefix> prefixes, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            prefixes.Clear();
            return;
        }

        if (Quoting.SplitWords(text, ExtractFlags.None) is not { } words)
        {
            context.Ignore("has invalid quoting", text);
            return;
        }

        foreach (var word in words)
        {
            foreach (var name in Expand(word).Split(' '))
            {
                if (TryPrefix(name, out var prefix))
                {
                    Add(prefixes, prefix);
                }
                else
                {
                    context.Ignore("has an invalid address", word);
                }
            }
        }
    }

    private static string Expand(string word) => word switch
    {
        "any" => "0.0.0.0/0 ::/0",
        "localhost" => "127.0.0.0/8 ::1/128",
        "link-local" => "169.254.0.0/16 fe80::/64",
        "multicast" => "224.0.0.0/4 ff00::/8",
        _ => word,
    };

    /// <summary>Addresses are compared after their host bits are cleared, so each prefix stands once.</summary>
    private static void Add(List<AddressPrefix> prefixes, AddressPrefix prefix)
    {
        for (var bit = (int)prefix.Length; bit < prefix.Address.Length * 8; bit++)
        {
            prefix.Address[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        if (!prefixes.Exists(known => known.Length == prefix.Length && known.Address.AsSpan().SequenceEqual(prefix.Address)))
        {
            prefixes.Add(prefix);
        }
    }

    private static bool TryPrefix(string text, out AddressPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];
        if (!IsAddressText(address) || !IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        var bytes = parsed.GetAddressBytes();
        var length = (uint)bytes.Length * 8;
        if (slash >= 0 && (!Numbers.TryUInt32(text[(slash + 1)..], out length) || length > bytes.Length * 8))
        {
            return false;
        }

        prefix = new AddressPrefix(bytes, length);
        return true;
    }

    /// <summary>The library reads "10.1" and scopes as addresses too; inet_pton(3) does not.</summary>
    private static bool IsAddressText(string text) =>
        text.Contains(':', StringComparison.Ordinal)
            ? !text.AsSpan().ContainsAny('%', '[')
            : text.AsSpan().Count('.') == 3 && !text.AsSpan().ContainsAnyExcept("0123456789.");

    private static void WriteAddresses(List<AddressPrefix> prefixes, IValueWriter writer)
    {
        writer.BeginArray("(iayu)");
        foreach (var prefix in prefixes)
        {
            writer.BeginStruct();
            writer.Int32(prefix.IsIPv6 ? FamilyIPv6 : FamilyIPv4);
            BusLists.Write(writer, prefix.Address);
            writer.UInt32(prefix.Length);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadAddresses(IValueReader reader, List<string> texts)
    {
        var sound = reader.EnterArray("(iayu)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var family = reader.Int32();
            var address = BusLists.Bytes(reader);
            var length = reader.UInt32();
            reader.LeaveStruct();
            sound = address.Length == (family == FamilyIPv4 ? 4 : family == FamilyIPv6 ? 16 : -1) && length <= address.Length * 8;
            if (sound)
            {
                texts.Add(AddressText(new AddressPrefix(address, length)));
            }
        }

        return FinishList(reader, texts, sound);
    }

    private static void ParseDisableControllers(ResourceConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.DisableControllers = CgroupControllers.None;
            return;
        }

        var named = CgroupControllers.None;
        foreach (var word in Quoting.SplitWords(text, ExtractFlags.None) ?? [])
        {
            named |= ControllerNames.TryParse(word, out var controller) ? controller : CgroupControllers.None;
        }

        if (named == CgroupControllers.None)
        {
            context.Ignore("has an unknown controller", text);
        }

        config.DisableControllers |= named;
    }
}
