using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>
/// Reads the lines of inetd.conf(5) as OpenBSD's inetd does, whose Debian's is, and NetBSD's ":max". What that would pass over
/// in silence is told: a line that cannot be kept is an error and left out, a word that is not understood a warning.
/// </summary>
internal sealed class InetdEntryReader(string file, string defaultHost, IDiagnostics sink)
{
    private const string Internal = "internal";
    private const string Tcpmux = "tcpmux";

    // Service, type, protocol, wait, user and server.
    private const int LeastFields = 6;

    private string[] _defaultHosts = [defaultHost];

    /// <summary>Null for a line that is in error, and for one that only names the hosts of those that follow.</summary>
    public InetdEntry? Read(InetdLine line)
    {
        var fields = line.Fields;
        var hosts = TakeHosts(ref fields);
        if (fields.Length == 0)
        {
            _defaultHosts = hosts;
            return null;
        }

        if (fields.Length < LeastFields)
        {
            return Refuse(line, $"A line has a service, a socket type, a protocol, wait or nowait, a user and a server; this has {fields.Length} fields of six.");
        }

        if (line.Text.Contains('\0', StringComparison.Ordinal))
        {
            return Refuse(line, "The line holds a NUL.");
        }

        var protocol = ReadProtocol(line, fields[2], out var buffers);
        if (protocol is null || ReadKind(line, fields[1], protocol) is not { } kind || !CheckService(line, fields[0], protocol))
        {
            return null;
        }

        var wait = ReadWait(line, fields[3], kind, out var rate);
        if (!ReadUser(line, fields[4], out var user, out var group) || !CheckServer(line, fields, protocol, out var server))
        {
            return null;
        }

        return new InetdEntry
        {
            Source = new SourceLine(file, line.Number, line.Text),
            Hosts = hosts,
            Service = fields[0],
            Kind = kind,
            Protocol = protocol,
            Wait = wait,
            Rate = rate,
            User = user,
            Group = group,
            Server = server,
            Arguments = server is null ? [] : fields.Length > LeastFields ? fields[LeastFields..] : [server[(server.LastIndexOf('/') + 1)..]],
            SendBuffer = buffers.Send,
            ReceiveBuffer = buffers.Receive,
        };
    }

    /// <summary>The colon is the last, since an IPv6 address has some, too. After "host:" the service may be a field of its own.</summary>
    private string[] TakeHosts(ref string[] fields)
    {
        var first = fields[0];
        var colon = first.LastIndexOf(':');
        if (colon < 0 || first.StartsWith('/'))
        {
            return _defaultHosts;
        }

        fields = colon + 1 < first.Length ? [first[(colon + 1)..], .. fields[1..]] : fields[1..];
        var hosts = first[..colon].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return hosts.Length == 0 ? ["*"] : Array.ConvertAll(hosts, static host => host is ['[', .. var address, ']'] ? address : host);
    }

    private InetdProtocol? ReadProtocol(InetdLine line, string field, out (ulong? Send, ulong? Receive) buffers)
    {
        buffers = default;
        var words = field.Split(',');
        if (words[0].StartsWith("rpc/", StringComparison.Ordinal))
        {
            return Fail<InetdProtocol>(line, "RPC services are not offered: there is no portmapper to register them with. Run the server as a service of its own.");
        }

        if (InetdProtocol.ByName(words[0]) is not { } protocol)
        {
            return Fail<InetdProtocol>(line, $"The protocol '{words[0]}' is not known: tcp, udp, with 4, 6 or 46 behind, and unix are.");
        }

        foreach (var option in words.AsSpan(1))
        {
            var (name, text) = option.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (option[..at], option[(at + 1)..]) : (option, "");
            if (!TrySize(text, out var size) || name is not ("sndbuf" or "rcvbuf"))
            {
                return Fail<InetdProtocol>(line, $"'{option}' is neither sndbuf=SIZE nor rcvbuf=SIZE.");
            }

            buffers = name == "sndbuf" ? (size, buffers.Receive) : (buffers.Send, size);
        }

        return protocol;
    }

    private SocketKind? ReadKind(InetdLine line, string field, InetdProtocol protocol)
    {
        SocketKind? kind = field switch
        {
            "stream" => SocketKind.Stream,
            "dgram" => SocketKind.Datagram,
            "seqpacket" when protocol.IsUnix => SocketKind.SequentialPacket,
            _ => null,
        };
        if (kind is null)
        {
            Tell(Severity.Error, line, field is "seqpacket" or "raw" or "rdm"
                ? $"The kernel has no {field} sockets of {protocol.Name} that a server could be given."
                : $"The socket type '{field}' is not known: stream, dgram and, with unix, seqpacket are.");
        }
        else if (!protocol.IsUnix && kind != (protocol.Transport == "tcp" ? SocketKind.Stream : SocketKind.Datagram))
        {
            Tell(Severity.Warning, line, $"A {field} socket does not speak {protocol.Name}; the socket type counts, as in inetd.");
        }

        return kind;
    }

    private bool CheckService(InetdLine line, string service, InetdProtocol protocol)
    {
        if (service == Tcpmux || service.StartsWith(Tcpmux + "/", StringComparison.Ordinal))
        {
            Tell(Severity.Error, line, "TCPMUX (RFC 1078) is not offered, as in Debian's inetd: one port would stand for many services. Give each a port of its own.");
            return false;
        }

        if (protocol.IsUnix && (!SocketAddresses.TryParse(service.StartsWith('/') ? service : "", out _) || UnitName.EscapePath(service) is null))
        {
            Tell(Severity.Error, line, $"'{service}' is no absolute path that fits into the address of a socket.");
            return false;
        }

        return true;
    }

    private bool ReadWait(InetdLine line, string field, SocketKind kind, out uint? rate)
    {
        rate = null;
        var end = field.AsSpan().IndexOfAny('.', ':');
        var word = end < 0 ? field : field[..end];
        if (end >= 0)
        {
            rate = Numbers.TryDecimal(field.AsSpan(end + 1), out var number) && number > 0 ? number : null;
            if (rate is null)
            {
                Tell(Severity.Warning, line, $"'{field[(end + 1)..]}' is no number of starts in a minute; the default is taken.");
            }
        }

        if (word is not ("wait" or "nowait"))
        {
            Tell(Severity.Warning, line, $"'{word}' is neither wait nor nowait and taken for nowait.");
        }

        if (word != "wait" && kind == SocketKind.Datagram)
        {
            Tell(Severity.Info, line, "A datagram server has the socket until it ends: nowait means wait here.");
            return true;
        }

        return word == "wait";
    }

    /// <summary>"user.group" or "user:group". A colon decides, so that a name may have dots.</summary>
    private bool ReadUser(InetdLine line, string field, out string user, out string? group)
    {
        var at = field.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? colon : field.IndexOf('.', StringComparison.Ordinal);
        user = at < 0 ? field : field[..at];
        group = at < 0 ? null : field[(at + 1)..];
        if (NameRules.IsUserOrGroup(user) && group is null or "")
        {
            group = null;
            return true;
        }

        if (NameRules.IsUserOrGroup(user) && NameRules.IsUserOrGroup(group!))
        {
            return true;
        }

        Tell(Severity.Error, line, $"'{field}' is no name of a user, nor USER:GROUP.");
        return false;
    }

    private bool CheckServer(InetdLine line, string[] fields, InetdProtocol protocol, out string? server)
    {
        server = fields[LeastFields - 1] == Internal ? null : fields[LeastFields - 1];
        if (server is null && (protocol.IsUnix || !SmallServices.IsKnown(fields[0])))
        {
            Tell(Severity.Error, line, $"There is no internal service '{fields[0]}': echo, discard, chargen, daytime and time are, by these names.");
            return false;
        }

        if (server is not null && !UnitLine.IsProgram(server))
        {
            Tell(Severity.Error, line, $"The server '{server}' is no absolute path that a unit could have.");
            return false;
        }

        return true;
    }

    private static bool TrySize(string text, out ulong size)
    {
        var factor = text.Length == 0 ? 1U : char.ToLowerInvariant(text[^1]) switch { 'k' => 1024U, 'm' => 1024U * 1024, _ => 1U };
        var good = Numbers.TryDecimal(factor > 1 ? text[..^1] : text, out var number);
        size = (ulong)number * factor;
        return good && size is > 0 and <= int.MaxValue;
    }

    private InetdEntry? Refuse(InetdLine line, string message) => Fail<InetdEntry>(line, message);

    private T? Fail<T>(InetdLine line, string message)
        where T : class
    {
        Tell(Severity.Error, line, message);
        return null;
    }

    private void Tell(Severity severity, InetdLine line, string message) =>
        sink.Add(new Diagnostic(severity, null, file, line.Number, null, message));
}
