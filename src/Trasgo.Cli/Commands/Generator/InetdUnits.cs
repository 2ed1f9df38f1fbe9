using Trasgo.Inetd;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;
using Trasgo.UnitFiles.Writing;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>The generator "inetd": socket units, and services for them, of /etc/inetd.conf and /etc/xinetd.conf.</summary>
internal static class InetdUnits
{
    private const string SocketsTarget = "sockets.target";

    private static readonly RivalDaemon[] s_inetd =
    [
        new("inetd", "/usr/sbin/inetd"), new("openbsd-inetd", "/usr/sbin/inetd"), new("inetutils-inetd", "/usr/sbin/inetutils-inetd"),
    ];

    // What an administrator is used to reload. Units of packages that are installed and switched off come before ours.
    private static readonly string[] s_daemonNames = ["inetd", "openbsd-inetd", "inetutils-inetd", "xinetd"];

    private static readonly RivalDaemon s_xinetd = new("xinetd", "/usr/sbin/xinetd");

    internal static string[] Inputs =>
        [InetdGenerator.ConfigurationFile, InetdGenerator.ConfigurationDirectory, XinetdGenerator.ConfigurationFile, XinetdGenerator.ConfigurationDirectory];

    internal static int Generate(GeneratorInvocation invocation)
    {
        // Debian's xinetd reads inetd.conf, too.
        var rivals = new RivalDaemons(invocation);
        if (rivals.FindEnabled(s_xinetd) is not null)
        {
            invocation.Info($"xinetd.service is enabled and has {XinetdGenerator.ConfigurationFile} and {InetdGenerator.ConfigurationFile}; nothing is generated.");
            return 0;
        }

        var sink = new DiagnosticList();
        var host = HostTables.Read(invocation.Input, invocation.Target);
        var settings = new GeneratorSettings { OwnProgram = OwnProgram.Path };
        var xinetd = new XinetdGenerator(invocation.Input, host, settings, sink).Read();
        List<SuperService> inetd = [];
        if (rivals.FindEnabled(s_inetd) is { } rival)
        {
            invocation.Info($"{rival.Name}.service is enabled and has {InetdGenerator.ConfigurationFile}; nothing is generated of it.");
        }
        else
        {
            inetd = new InetdGenerator(invocation.Input, host, settings, sink) { Hidden = xinetd.Configured }.Read();
        }

        invocation.Tell(sink);
        var good = WriteCommon(invocation, settings);
        good &= Write(invocation, inetd, InetdGenerator.Manual);
        return Write(invocation, xinetd.Services, XinetdGenerator.Manual) && good ? 0 : 1;
    }

    /// <summary>Also where there is no service yet, so that there is something to reload.</summary>
    private static bool WriteCommon(GeneratorInvocation invocation, GeneratorSettings settings)
    {
        var good = true;
        foreach (var unit in (GeneratedUnit[])[SuperServiceUnits.WriteTarget(SuperServiceUnits.Daemon), SuperServiceUnits.WriteDaemon(settings.OwnProgram)])
        {
            good &= invocation.Write(invocation.Normal, unit.Name, unit.Text);
        }

        good &= invocation.Link(invocation.Normal, SocketsTarget, "wants", SuperServiceUnits.Target)
            && invocation.Link(invocation.Normal, SuperServiceUnits.Target, "wants", SuperServiceUnits.Daemon);
        foreach (var name in s_daemonNames)
        {
            // The generator for scripts of System V writes into the same directory.
            if (invocation.Input.Stat("/etc/init.d/" + name, followLinks: true, out _) == FileKind.Missing)
            {
                good &= invocation.Alias(invocation.Late, name + ".service", $"{invocation.Normal}/{SuperServiceUnits.Daemon}");
            }
        }

        return good;
    }

    private static bool Write(GeneratorInvocation invocation, List<SuperService> services, string manual)
    {
        var good = true;
        foreach (var service in services)
        {
            foreach (var unit in SuperServiceUnits.Write(service, manual))
            {
                good &= invocation.Write(invocation.Normal, unit.Name, unit.Text);
            }

            good &= invocation.Link(invocation.Normal, SuperServiceUnits.Target, "wants", service.SocketUnit);
        }

        return good;
    }
}
