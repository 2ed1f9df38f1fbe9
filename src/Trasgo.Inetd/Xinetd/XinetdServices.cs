using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Trasgo.UnitFiles.Names;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>Turns the entries of xinetd.conf(5) into services, and refuses those that it could only keep in part.</summary>
internal sealed class XinetdServices(HostTables host, GeneratorSettings settings, IDiagnostics sink)
{
    private const string Nobody = "65534";

    // xinetd's own, where nobody says cps.
    private static readonly (uint PerSecond, uint Pause) s_defaultRate = (50, 10);

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public List<SuperService> Make(IEnumerable<XinetdEntry> entries)
    {
        var services = new List<SuperService>();
        foreach (var entry in entries)
        {
            if (XinetdRules.Refusal(entry, host) is { } refusal)
            {
                Tell(Severity.Error, entry, refusal);
            }
            else if (!_ids.Add(entry.Id))
            {
                Tell(Severity.Error, entry, "Another service has this id; this one is not offered.");
            }
            else if (Address(entry) is { } address)
            {
                services.Add(Make(entry, address));
                foreach (var remark in XinetdRules.Remarks(entry))
                {
                    Tell(Severity.Warning, entry, remark);
                }
            }
        }

        return services;
    }

    /// <summary>Without bind and a family it is both families by one socket; where there is no IPv6, IPv4.</summary>
    private IPAddress? Address(XinetdEntry entry)
    {
        var config = entry.Config;
        var (v4, v6) = (config.Flags.HasFlag(XinetdFlag.IPv4), config.Flags.HasFlag(XinetdFlag.IPv6));
        if (config.Bind is null)
        {
            if (v6 && !v4 && !host.HasIPv6)
            {
                Tell(Severity.Error, entry, "The kernel has no IPv6.");
                return null;
            }

            return (v4 && !v6) || !host.HasIPv6 ? IPAddress.Any : IPAddress.IPv6Any;
        }

        foreach (var address in host.Hosts.Find(config.Bind))
        {
            if (v4 == v6 || v6 == (address.AddressFamily == AddressFamily.InterNetworkV6))
            {
                return address;
            }
        }

        Tell(Severity.Error, entry, $"'{config.Bind}' is neither an address nor a name in {HostNames.Path} that could be bound to.");
        return null;
    }

    private SuperService Make(XinetdEntry entry, IPAddress address)
    {
        var config = entry.Config;
        var isStream = XinetdRules.IsStream(config);
        var isInternal = config.Type.HasFlag(XinetdType.Internal);
        var isV6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        _ = XinetdRules.TryPort(entry, host.Services, out var port);
        var command = XinetdCommand.Make(entry, settings, host);
        return new SuperService
        {
            Name = SuperServiceUnits.XinetdPrefix + UnitName.Escape(entry.Id),
            Title = $"{entry.Id}/{(isStream ? "tcp" : "udp")}",
            Source = entry.Source,
            Kind = isStream ? SocketKind.Stream : SocketKind.Datagram,
            Address = isV6 ? string.Create(CultureInfo.InvariantCulture, $"[{address}]:{port}") : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}"),
            IsDualStack = isV6 && config.V6Only is not true,

            // A datagram server of ours answers all by itself, and so does a stream server to which nobody's coming is checked.
            Wait = !isStream || config.Wait is true || (isInternal && !command.IsFront && config.Instances is null or 0 && config.PerSource is null or 0),
            User = isInternal ? Nobody : config.User is "root" && config.Group is null ? null : config.User,
            Group = isInternal ? Nobody : config.Group,
            InitGroups = config.Groups is true || config.User is null or "root",
            Program = command.Program,
            Arguments = command.Arguments,
            Rate = config.Rate is var (perSecond, pause) ? new StartRate(perSecond, 1, pause) : new StartRate(s_defaultRate.PerSecond, 1, s_defaultRate.Pause),
            SocketLines = SocketLines(config, isStream),
            ServiceLines = ServiceLines(config, command),
        };
    }

    private List<UnitLine> SocketLines(XinetdConfig config, bool isStream)
    {
        var lines = new List<UnitLine> { UnitLine.Number("Backlog", settings.Backlog) };
        if (config.Instances is { } instances and > 0)
        {
            lines.Add(UnitLine.Number("MaxConnections", instances));
        }

        if (config.PerSource is { } source and > 0)
        {
            lines.Add(UnitLine.Number("MaxConnectionsPerSource", source));
        }

        foreach (var (flag, name) in ((XinetdFlag, string)[])[(XinetdFlag.NoDelay, "NoDelay"), (XinetdFlag.KeepAlive, "KeepAlive"), (XinetdFlag.Labeled, "SELinuxContextFromNet")])
        {
            if (isStream && config.Flags.HasFlag(flag))
            {
                lines.Add(UnitLine.Yes(name));
            }
        }

        return lines;
    }

    private static List<UnitLine> ServiceLines(XinetdConfig config, XinetdCommand command)
    {
        var lines = new List<UnitLine>();
        if (config.Nice is { } nice)
        {
            lines.Add(UnitLine.Number("Nice", nice));
        }

        if (config.UMask is { } mask)
        {
            lines.Add(UnitLine.Words("UMask", mask));
        }

        lines.AddRange(config.Limits);
        if (config.Environment.Count > 0)
        {
            lines.Add(UnitLine.Words("Environment", config.Environment));
        }

        if (config.PassEnvironment is { Count: > 0 } names)
        {
            lines.Add(UnitLine.Words("PassEnvironment", names));
        }

        if (config.LogTarget is { } target)
        {
            lines.Add(UnitLine.Words("SyslogFacility", target.Facility));
            lines.Add(UnitLine.Words("SyslogLevel", target.Level));
            if (target.File is { } file)
            {
                lines.Add(UnitLine.Text("StandardError", "append:" + file));
            }
        }

        if (command.Stays)
        {
            // The front logs the server's end, so both are told to end, and the front waits for the other.
            lines.Add(UnitLine.Words("KillMode", "control-group"));
        }

        if (config.Type.HasFlag(XinetdType.Internal))
        {
            lines.Add(UnitLine.Yes("NoNewPrivileges"));
        }

        return lines;
    }

    private void Tell(Severity severity, XinetdEntry entry, string message) =>
        sink.Add(new Diagnostic(severity, null, entry.Source.File, entry.Source.Line, null, $"{entry.Id}: {message}"));
}
