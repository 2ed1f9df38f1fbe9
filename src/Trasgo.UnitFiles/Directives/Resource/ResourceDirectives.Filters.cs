using System.Globalization;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>BPF programs, socket binding and network interfaces.</summary>
internal static partial class ResourceDirectives
{
    // IPPROTO_TCP and IPPROTO_UDP.
    private const int ProtocolTcp = 6;
    private const int ProtocolUdp = 17;

    private static readonly string[] s_attachTypes =
    [
        "ingress", "egress", "sock_create", "sock_ops", "device", "bind4", "bind6", "connect4", "connect6", "post_bind4",
        "post_bind6", "sendmsg4", "sendmsg6", "sysctl", "recvmsg4", "recvmsg6", "getsockopt", "setsockopt",
    ];

    private static readonly NameFilterKind s_interfaces = new("[~]INTERFACE ...", "eth0 lo", "all", ExtractFlags.Unquote)
    {
        Resolve = static (word, _, names) =>
        {
            names.Add(new(word, ""));
            return NameRules.IsInterface(word);
        },
    };

    private static Directive<ResourceConfig>[] FilterRows() =>
    [
        new CustomDirective<ResourceConfig>("", "BPFProgram", "a(ss)", "TYPE:PATH")
        {
            BusFlags = BusFlags.Transient | BusFlags.AddsUp,
            Parser = ParseBpfProgram,
            Writer = static (c, writer) => WritePairs(c.BpfPrograms.Select(static p => (p.AttachType, p.Path)).Reverse(), writer),
            Formatter = static (c, texts) => texts.AddRange(["", .. c.BpfPrograms.Select(BpfText)]),
            Reader = static (reader, texts) =>
            {
                var sound = reader.EnterArray("(ss)");
                while (sound && reader.More())
                {
                    reader.EnterStruct();
                    var program = new BpfProgram(reader.String(), reader.String());
                    reader.LeaveStruct();
                    sound = Array.IndexOf(s_attachTypes, program.AttachType) >= 0
                        && Paths.Check(program.Path, PathForm.Absolute, out _) is null && WordText.FitsLine(program.Path);
                    texts.Add(BpfText(program));
                }

                return FinishList(reader, texts, sound);
            },
            Enforcement = Enforcement.Bpf,
            GoodSample = "egress:/sys/fs/bpf//filter",
            BadSample = "sideways:/sys/fs/bpf/filter",
        },
        SocketBind("SocketBindAllow", static c => ref c.SocketBindAllow),
        SocketBind("SocketBindDeny", static c => ref c.SocketBindDeny),
        s_rows.Of("RestrictNetworkInterfaces", s_interfaces, static c => ref c.RestrictNetworkInterfaces, enforcement: Enforcement.Bpf),
    ];

    private static CustomDirective<ResourceConfig> SocketBind(string name, Field<ResourceConfig, List<SocketBindItem>> field) =>
        new("", name, "a(iiqq)", "[ipv4:|ipv6:][tcp:|udp:]PORTS|any")
        {
            BusFlags = s_rows.Flags | BusFlags.AddsUp,
            Parser = (c, text, context) =>
            {
                if (text.Length == 0)
                {
                    field(c).Clear();
                }
                else if (TryBindItem(text, out var item))
                {
                    field(c).Add(item);
                }
                else
                {
                    context.Ignore("is not a valid rule for ports", text);
                }
            },
            Writer = (c, writer) => WriteBindItems(field(c), writer),
            Formatter = (c, texts) => texts.AddRange(["", .. field(c).Select(BindText)]),
            Reader = ReadBindItems,
            Enforcement = Enforcement.Bpf,
            GoodSample = "ipv4:tcp:8000-8009",
            BadSample = "tcp:ipv4:80",
        };

    private static string BpfText(BpfProgram program) => $"{program.AttachType}:{WordText.EscapeSpecifiers(program.Path)}";

    private static void ParseBpfProgram(ResourceConfig config, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.BpfPrograms.Clear();
            return;
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || colon + 1 == text.Length || Array.IndexOf(s_attachTypes, text[..colon]) < 0)
        {
            context.Ignore("has an unknown type or no path", text);
        }
        else if (context.ExpandPath(text[(colon + 1)..], out var path) && context.SimplifyPath(ref path))
        {
            config.BpfPrograms.Add(new BpfProgram(text[..colon], path));
        }
    }

    /// <summary>Family, protocol and ports in that order, each of which may be left out.</summary>
    private static bool TryBindItem(string text, out SocketBindItem item)
    {
        item = default;
        var parts = text.Split(':');
        var next = 0;
        var family = parts[next] switch { "ipv4" => FamilyIPv4, "ipv6" => FamilyIPv6, _ => 0 };
        next += family != 0 ? 1 : 0;
        var protocol = next < parts.Length ? parts[next] switch { "tcp" => ProtocolTcp, "udp" => ProtocolUdp, _ => 0 } : 0;
        next += protocol != 0 ? 1 : 0;
        ushort count = 0;
        ushort first = 0;
        if (next < parts.Length && parts[next] is not "any" && !TryPorts(parts[next], out first, out count))
        {
            return false;
        }

        item = new SocketBindItem(family, protocol, count, first);
        return parts.Length - next <= 1;
    }

    private static bool TryPorts(string text, out ushort first, out ushort count)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var sound = Numbers.TryUInt32(dash < 0 ? text : text[..dash], out var low)
            & Numbers.TryUInt32(dash < 0 ? text : text[(dash + 1)..], out var high) && low > 0 && low <= high && high <= ushort.MaxValue;
        first = (ushort)low;
        count = (ushort)(high - low + 1);
        return sound;
    }

    private static string BindText(SocketBindItem item)
    {
        var family = item.Family switch { FamilyIPv4 => "ipv4:", FamilyIPv6 => "ipv6:", _ => "" };
        var protocol = item.Protocol switch { ProtocolTcp => "tcp:", ProtocolUdp => "udp:", _ => "" };
        var ports = item.PortCount == 0 ? "any"
            : item.PortCount == 1 ? string.Create(CultureInfo.InvariantCulture, $"{item.FirstPort}")
            : string.Create(CultureInfo.InvariantCulture, $"{item.FirstPort}-{item.FirstPort + item.PortCount - 1}");
        return family + protocol + ports;
    }

    private static void WriteBindItems(List<SocketBindItem> items, IValueWriter writer)
    {
        writer.BeginArray("(iiqq)");
        for (var i = items.Count - 1; i >= 0; i--)
        {
            writer.BeginStruct();
            writer.Int32(items[i].Family);
            writer.Int32(items[i].Protocol);
            writer.UInt16(items[i].PortCount);
            writer.UInt16(items[i].FirstPort);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadBindItems(IValueReader reader, List<string> texts)
    {
        var sound = reader.EnterArray("(iiqq)");
        while (sound && reader.More())
        {
            reader.EnterStruct();
            var item = new SocketBindItem(reader.Int32(), reader.Int32(), reader.UInt16(), reader.UInt16());
            reader.LeaveStruct();
            sound = item.Family is 0 or FamilyIPv4 or FamilyIPv6 && item.Protocol is 0 or ProtocolTcp or ProtocolUdp
                && (item.PortCount == 0 ? item.FirstPort == 0 : item.FirstPort > 0 && item.FirstPort + item.PortCount - 1 <= ushort.MaxValue);
            texts.Add(BindText(item));
        }

        return FinishList(reader, texts, sound);
    }
}
