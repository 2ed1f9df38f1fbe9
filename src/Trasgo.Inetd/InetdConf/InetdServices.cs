using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>Turns entries into services: one for each address and family, as inetd(8) makes a socket of each.</summary>
internal sealed class InetdServices(HostTables host, GeneratorSettings settings, IDiagnostics sink)
{
    private const uint MinuteSec = 60;
    private const uint LoopingPauseSec = 600;
    private const int FirstUnreserved = 1024;

    // nobody and nogroup, also where nobody has given them names: our own services need no right at all.
    private const string Nobody = "65534";

    public List<SuperService> Make(IEnumerable<InetdEntry> entries)
    {
        var services = new List<SuperService>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            foreach (var service in Make(entry))
            {
                if (places.TryAdd(service.Name, services.Count))
                {
                    services.Add(service);
                    continue;
                }

                var earlier = services[places[service.Name]];
                Tell(Severity.Warning, entry, $"{service.Title} is in line {earlier.Source.Line} of {earlier.Source.File}, too; this line counts.");
                services[places[service.Name]] = service;
            }
        }

        return services;
    }

    private IEnumerable<SuperService> Make(InetdEntry entry)
    {
        if (!IsAllowed(entry))
        {
            yield break;
        }

        if (entry.Protocol.IsUnix)
        {
            yield return Make(entry, SuperServiceUnits.InetdPrefix + "unix-" + UnitName.EscapePath(entry.Service), $"{entry.Service}/unix", entry.Service);
            yield break;
        }

        if (!host.Services.TryFind(entry.Service, entry.Protocol.Transport, out var port))
        {
            Tell(Severity.Error, entry, $"{ServiceNames.Path} has no service '{entry.Service}' of {entry.Protocol.Transport}.");
            yield break;
        }

        foreach (var name in entry.Hosts)
        {
            foreach (var address in Addresses(entry, name))
            {
                yield return Make(entry, name == "*" ? null : address, address, port);
            }
        }
    }

    private bool IsAllowed(InetdEntry entry)
    {
        // inetd, too, starts nothing then: it cannot become another user.
        if (entry.Server is not null && settings.OnlyUser is { } only && entry.User != only)
        {
            Tell(Severity.Error, entry, $"Without root's rights servers run as {only} only, not as {entry.User}.");
            return false;
        }

        return true;
    }

    private IPAddress[] Addresses(InetdEntry entry, string name)
    {
        var protocol = entry.Protocol;
        var wantsV6 = protocol.V6 && host.HasIPv6;
        if (protocol is { V6: true, V4: false } && !host.HasIPv6)
        {
            Tell(Severity.Warning, entry, "The kernel has no IPv6.");
        }

        if (name == "*")
        {
            return [.. protocol.V4 ? [IPAddress.Any] : (IPAddress[])[], .. wantsV6 ? [IPAddress.IPv6Any] : (IPAddress[])[]];
        }

        var known = host.Hosts.Find(name);
        if (known.Count == 0)
        {
            Tell(Severity.Error, entry, $"'{name}' is neither an address nor a name in {HostNames.Path}; no name server is asked.");
            return [];
        }

        var chosen = new List<IPAddress>();
        foreach (var address in known)
        {
            if (address.AddressFamily == AddressFamily.InterNetwork ? protocol.V4 : wantsV6)
            {
                chosen.Add(address);
            }
        }

        if (chosen.Count == 0)
        {
            Tell(Severity.Error, entry, $"'{name}' has no address that {protocol.Name} could listen on.");
        }

        return [.. chosen];
    }

    private SuperService Make(InetdEntry entry, IPAddress? specific, IPAddress address, int port)
    {
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var transport = entry.Kind == SocketKind.Datagram ? "udp" : "tcp";
        var family = transport + (entry.Protocol.IsDualStack ? "46" : isV6 ? "6" : "4");
        var at = specific is null ? "" : $"-{specific}";
        var title = specific is null ? $"{entry.Service}/{family}" : isV6 ? $"[{specific}]:{entry.Service}/{family}" : $"{specific}:{entry.Service}/{family}";
        return Make(
            entry,
            SuperServiceUnits.InetdPrefix + UnitName.Escape(entry.Service) + "-" + family + UnitName.Escape(at).Replace(@"\x2d", "-", StringComparison.Ordinal),
            title,
            isV6 ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}") : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}"),
            port) with
        {
            IsDualStack = entry.Protocol.IsDualStack,
        };
    }

    private SuperService Make(InetdEntry entry, string name, string title, string address, int port = 0)
    {
        // Our own stream services, too, have the listening socket: one process is enough for all their clients.
        var isOwn = entry.Server is null;
        return new SuperService
        {
            Name = name,
            Title = title,
            Source = entry.Source,
            Kind = entry.Kind,
            Address = address,
            Wait = entry.Wait || isOwn,
            User = settings.OnlyUser is not null ? null : isOwn ? Nobody : entry is { User: "root", Group: null } ? null : entry.User,
            Group = settings.OnlyUser is not null ? null : isOwn ? Nobody : entry.Group,
            Program = entry.Server ?? settings.OwnProgram,
            Arguments = isOwn ? ["trasgo", "inetd-internal", entry.Service] : entry.Arguments,
            Rate = Rate(entry, port),
            SocketLines = SocketLines(entry),
            ServiceLines = isOwn ? [UnitLine.Yes("NoNewPrivileges")] : [],
        };
    }

    private List<UnitLine> SocketLines(InetdEntry entry)
    {
        var lines = new List<UnitLine> { UnitLine.Number("Backlog", settings.Backlog) };
        if (entry.SendBuffer is { } send)
        {
            lines.Add(UnitLine.Number("SendBuffer", send));
        }

        if (entry.ReceiveBuffer is { } receive)
        {
            lines.Add(UnitLine.Number("ReceiveBuffer", receive));
        }

        return lines;
    }

    /// <summary>
    /// inetd closes a service for ten minutes, but not on a port that any user could then take: there it turns clients away until the minute is over.
    /// </summary>
    private StartRate Rate(InetdEntry entry, int port) =>
        new(entry.Rate ?? settings.Rate, MinuteSec, port is 0 or < FirstUnreserved ? LoopingPauseSec : 0);

    private void Tell(Severity severity, InetdEntry entry, string message) =>
        sink.Add(new Diagnostic(severity, null, entry.Source.File, entry.Source.Line, null, message));
}
