using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>
/// The two units of a service. inetd(8)'s ways are kept where systemd's differ: a server's children live on when it ends, a server that fails
/// leaves nothing behind and is started again for the next client, SIGPIPE kills, and how many clients there are is nobody's business unless
/// the file says so. One thing is not kept: standard error is the log and not the client.
/// </summary>
internal static class SuperServiceUnits
{
    public const string Target = "inetd.target";

    /// <summary>What stands for the daemon: its start, stop and restart are those of the target, and its reload reads the files anew.</summary>
    public const string Daemon = "trasgo-inetd.service";

    public const string InetdPrefix = "inetd-";
    public const string XinetdPrefix = "xinetd-";

    /// <summary>As many as there can be descriptors by default; what bounds them is the rate.</summary>
    private const ulong Unbounded = 65536;

    public static bool IsSocket(string name) =>
        name.EndsWith(".socket", StringComparison.Ordinal) && (name.StartsWith(InetdPrefix, StringComparison.Ordinal) || name.StartsWith(XinetdPrefix, StringComparison.Ordinal));

    public static GeneratedUnit[] Write(SuperService service, string manual) => [WriteSocket(service, manual), WriteService(service, manual)];

    /// <param name="daemon">Whose end is the target's, too.</param>
    /// <param name="sockets">They are started with it; a generator makes links instead.</param>
    public static GeneratedUnit WriteTarget(string? daemon, params string[] sockets)
    {
        var text = new UnitText();
        text.Section("Unit",
        [
            UnitLine.Text("Description", "Services of inetd"),
            UnitLine.Words("Documentation", "man:inetd.conf(5)", "man:xinetd.conf(5)"),
            .. daemon is null ? [] : (UnitLine[])[UnitLine.Words("PartOf", daemon)],
            .. sockets.Select(static socket => UnitLine.Words("Wants", socket)),
        ]);
        return new GeneratedUnit(Target, text.ToString());
    }

    /// <summary>
    /// A process that runs is not needed for it. It has none of the default dependencies of services, which come up after the sockets.
    /// </summary>
    public static GeneratedUnit WriteDaemon(string program)
    {
        var text = new UnitText();
        text.Section("Unit",
        [
            UnitLine.Text("Description", "Services of inetd.conf and xinetd.conf"),
            UnitLine.Words("Documentation", "man:trasgo-inetd-generator(8)"),
            UnitLine.Words("DefaultDependencies", "no"),
            UnitLine.Words("Conflicts", "shutdown.target"),
            UnitLine.Words("Before", "shutdown.target", Target),
            UnitLine.Words("Wants", Target),
        ]);
        text.Section("Service",
        [
            UnitLine.Words("Type", "oneshot"),
            UnitLine.Yes("RemainAfterExit"),
            UnitLine.Command("ExecStart", "/bin/true", ["true"]),
            UnitLine.Command("ExecReload", program, ["trasgo", "inetd-reload"]),
        ]);
        return new GeneratedUnit(Daemon, text.ToString());
    }

    private static GeneratedUnit WriteSocket(SuperService service, string manual)
    {
        var text = Begin(service);
        text.Section("Unit", [.. Head(service, manual, service.Title), UnitLine.Words("PartOf", Target)]);
        text.Section("Socket", SocketLines(service));
        if (service.Rate.OwnLines is { Length: > 0 } own)
        {
            text.Section(UnitSections.Own, own);
        }

        return new GeneratedUnit(service.SocketUnit, text.ToString());
    }

    private static GeneratedUnit WriteService(SuperService service, string manual)
    {
        var text = Begin(service);
        text.Section("Unit",
        [
            .. Head(service, manual, service.Title + " server"),
            UnitLine.Words("CollectMode", "inactive-or-failed"),
            UnitLine.Number("StartLimitIntervalSec", 0UL),
        ]);
        text.Section("Service", ServiceLines(service));
        if (!service.InitGroups)
        {
            text.Section(UnitSections.Own, [UnitLine.Words("InitGroups", "no")]);
        }

        return new GeneratedUnit(service.ServiceUnit, text.ToString());
    }

    private static UnitText Begin(SuperService service)
    {
        var text = new UnitText();
        text.Comment($"Generated from line {service.Source.Line} of {service.Source.File}:");
        text.Comment($"  {service.Source.Text}");
        return text;
    }

    private static UnitLine[] Head(SuperService service, string manual, string title) =>
    [
        UnitLine.Text("Description", $"{title} ({service.Source})"),
        UnitLine.Words("Documentation", "man:" + manual),
        UnitLine.Text("SourcePath", service.Source.File),
    ];

    private static List<UnitLine> SocketLines(SuperService service)
    {
        var isPath = service.Address.StartsWith('/');
        var lines = new List<UnitLine>
        {
            UnitLine.Text(ListenName(service.Kind), service.Address),
        };
        if (service.Address.StartsWith('['))
        {
            lines.Add(UnitLine.Words("BindIPv6Only", service.IsDualStack ? "both" : "ipv6-only"));
        }

        if (!service.Wait)
        {
            lines.Add(UnitLine.Yes("Accept"));
        }

        // An address may come only with the network. A path is taken away again, as inetd does.
        lines.Add(UnitLine.Yes(isPath ? "RemoveOnStop" : "FreeBind"));
        lines.AddRange(service.SocketLines);
        if (!service.Wait && !service.SocketLines.Any(static line => line.Name == "MaxConnections"))
        {
            lines.Add(UnitLine.Number("MaxConnections", Unbounded));
        }

        lines.AddRange(service.Rate.SocketLines);
        return lines;
    }

    private static List<UnitLine> ServiceLines(SuperService service)
    {
        var lines = new List<UnitLine> { UnitLine.Command("ExecStart", service.Program, service.Arguments) };
        if (service.User is { } user)
        {
            lines.Add(UnitLine.Text("User", user));
        }

        if (service.Group is { } group)
        {
            lines.Add(UnitLine.Text("Group", group));
        }

        lines.Add(UnitLine.Words("StandardInput", "socket"));
        lines.Add(UnitLine.Words("StandardOutput", "socket"));
        Default(lines, service, "StandardError", "journal");
        Default(lines, service, "KillMode", "process");
        lines.Add(UnitLine.Words("IgnoreSIGPIPE", "no"));
        lines.Add(UnitLine.Words("WorkingDirectory", "/"));
        lines.AddRange(service.ServiceLines);
        return lines;
    }

    private static void Default(List<UnitLine> lines, SuperService service, string name, string value)
    {
        if (!service.ServiceLines.Any(line => line.Name == name))
        {
            lines.Add(UnitLine.Words(name, value));
        }
    }

    private static string ListenName(SocketKind kind) => kind switch
    {
        SocketKind.Stream => "ListenStream",
        SocketKind.Datagram => "ListenDatagram",
        _ => "ListenSequentialPacket",
    };
}
