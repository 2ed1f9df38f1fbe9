using System.Globalization;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.UnitFiles.Directives;

/// <summary>Listen*=, Service= and the kinds of values that only sockets have.</summary>
internal static partial class SocketDirectives
{
    // IPPROTO_UDPLITE and IPPROTO_SCTP.
    private const int ProtocolUdpLite = 136;
    private const int ProtocolSctp = 132;

    /// <summary>The lines in the order of the man page: directive, what the bus calls it, what is opened.</summary>
    private static readonly (string Name, string Bus, SocketPortType Type)[] s_listen =
    [
        ("ListenStream", "Stream", SocketPortType.Socket), ("ListenDatagram", "Datagram", SocketPortType.Socket),
        ("ListenSequentialPacket", "SequentialPacket", SocketPortType.Socket), ("ListenFIFO", "FIFO", SocketPortType.Fifo),
        ("ListenNetlink", "Netlink", SocketPortType.Socket), ("ListenSpecial", "Special", SocketPortType.Special),
        ("ListenMessageQueue", "MessageQueue", SocketPortType.MessageQueue), ("ListenUSBFunction", "USBFunction", SocketPortType.UsbFunction),
    ];

    private static readonly ScalarKind<int> s_tos = new(
        "i", "{low-delay|throughput|reliability|low-cost}|NUMBER", "throughput", "sideways",
        static (string text, out int value) =>
        {
            if (s_tosNames.TryParse(text, out var name))
            {
                value = s_tosValues[(int)name];
                return true;
            }

            return Numbers.TryInt32(text, out value) && value is >= 0 and <= 255;
        },
        static value => value.ToString(CultureInfo.InvariantCulture),
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32())
    {
        EmptyResets = true,
        Empty = -1,
    };

    private static readonly ScalarKind<int> s_protocol = new(
        "i", "{udplite|sctp}", "sctp", "tcp",
        static (string text, out int value) => (value = text switch { "udplite" => ProtocolUdpLite, "sctp" => ProtocolSctp, _ => 0 }) != 0
            || (Numbers.TryInt32(text, out value) && value is ProtocolSctp or ProtocolUdpLite),
        static value => value == ProtocolUdpLite ? "udplite" : "sctp",
        static (value, writer) => writer.Int32(value),
        static reader => reader.Int32())
    {
        Expected = "must be udplite or sctp",
    };

    private static readonly ScalarKind<SocketTimestamping> s_timestamping = new(
        "s", "{off|us|ns}|BOOLEAN", "us", "ms",
        TryTimestamping,
        SocketWords.SocketTimestamping.Name,
        static (value, writer) => writer.String(SocketWords.SocketTimestamping.Name(value)),
        static reader => TryTimestamping(reader.String(), out var value) ? value : (SocketTimestamping)int.MaxValue);

    private static List<Directive<SocketConfig>> ListenRows()
    {
        var rows = new List<Directive<SocketConfig>>
        {
            s_rows.View("Listen", "a(ss)", WritePorts, set: new BusSetter("a(ss)", ReadPorts)),
        };
        foreach (var (name, _, type) in s_listen)
        {
            rows.Add(new CustomDirective<SocketConfig>(Section, name, "", type == SocketPortType.Socket ? "ADDRESS" : "PATH")
            {
                BusName = "",
                Parser = (c, text, context) => ParseListen(c, name, type, text, context),
                Formatter = (c, texts) => texts.AddRange(
                    c.Ports.Where(p => string.Equals(p.Directive, name, StringComparison.Ordinal)).Select(static p => WordText.EscapeSpecifiers(p.Address))),
                Enforcement = type == SocketPortType.UsbFunction ? Enforcement.Ignored("USB gadgets are not set up") : Enforcement.Enforced,
                GoodSample = name is "ListenNetlink" ? "kobject-uevent 1" : type == SocketPortType.Socket ? "/var/run//a.socket" : "/run//a",
                BadSample = type == SocketPortType.Socket ? "nowhere" : "relative",
            });
        }

        rows.Add(new CustomDirective<SocketConfig>(Section, "Service", "", "UNIT")
        {
            BusName = "",
            Parser = ParseService,
            Formatter = static (c, texts) => texts.AddRange(c.Service is { } service ? [WordText.EscapeSpecifiers(service)] : []),
            GoodSample = "other.service",
            BadSample = "other.socket",
        });
        return rows;
    }

    private static bool TryTimestamping(string text, out SocketTimestamping value)
    {
        if (SocketWords.SocketTimestamping.TryParse(text, out value))
        {
            return true;
        }

        var known = text switch
        {
            "nsec" => true,
            "usec" or "\u00b5s" or "\u03bcs" => false,
            _ => Booleans.Parse(text),
        };
        value = known is null || text is "usec" or "\u00b5s" or "\u03bcs" ? SocketTimestamping.Us
            : known.Value ? SocketTimestamping.Ns : SocketTimestamping.Off;
        return known is not null;
    }

    private static void ParseListen(SocketConfig config, string name, SocketPortType type, string text, ParseContext context)
    {
        if (text.Length == 0)
        {
            config.Ports.Clear();
            return;
        }

        if (!context.ExpandPath(text, out var address))
        {
            return;
        }

        if (type != SocketPortType.Socket)
        {
            if (context.SimplifyPath(ref address))
            {
                config.Ports.Add(new SocketPort(type, name, type == SocketPortType.Fifo ? VarRun.Patch(address, context) : address));
            }

            return;
        }

        var given = address;
        var sound = name is "ListenNetlink"
            ? SocketAddresses.TryNetlink(given, out address)
            : SocketAddresses.TryParse(given.StartsWith('/') ? VarRun.Patch(given, context) : given, out address);
        if (!sound || (name is "ListenSequentialPacket" && !SocketAddresses.IsUnix(address)))
        {
            context.Ignore(sound ? "is not for this family of addresses" : "is not a valid address", given);
            return;
        }

        config.Ports.Add(new SocketPort(type, name, address));
    }

    private static void ParseService(SocketConfig config, string text, ParseContext context)
    {
        if (!context.ExpandUnitName(text, out var name))
        {
            return;
        }

        if (name.EndsWith(".service", StringComparison.Ordinal))
        {
            config.Service = name;
        }
        else
        {
            context.Ignore("takes service units only", name);
        }
    }

    private static void WritePorts(SocketConfig config, IValueWriter writer)
    {
        writer.BeginArray("(ss)");
        foreach (var port in config.Ports)
        {
            writer.BeginStruct();
            writer.String(Array.Find(s_listen, l => string.Equals(l.Name, port.Directive, StringComparison.Ordinal)).Bus);
            // Addresses are shown as systemd shows peers, escaped; other paths as they are.
            writer.String(port.Type == SocketPortType.Socket && SocketAddresses.IsUnix(port.Address) ? CEscape.Encode(port.Address) : port.Address);
            writer.EndStruct();
        }

        writer.EndArray();
    }

    private static bool ReadPorts(IValueReader reader, string section, List<Setting> settings)
    {
        var sound = reader.EnterArray("(ss)");
        var any = false;
        while (sound && reader.More())
        {
            any = true;
            reader.EnterStruct();
            var bus = reader.String();
            var address = reader.String();
            reader.LeaveStruct();
            var name = Array.Find(s_listen, l => string.Equals(l.Bus, bus, StringComparison.Ordinal)).Name;
            sound = name is not null && address.Length > 0 && WordText.FitsLine(address);
            settings.Add(new Setting(section, name ?? "", WordText.EscapeSpecifiers(address)));
        }

        reader.LeaveArray();
        if (sound && !any)
        {
            settings.Add(new Setting(section, s_listen[0].Name, ""));
        }

        return sound;
    }
}
