using Trasgo.Inetd;
using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Cli.Commands.Generator;

/// <summary>The generator "inetd": socket units, and services for them, of /etc/inetd.conf.</summary>
internal static class InetdUnits
{
    private const string SocketsTarget = "sockets.target";

    private static readonly RivalDaemon[] s_inetd =
    [
        new("inetd", "/usr/sbin/inetd"), new("openbsd-inetd", "/usr/sbin/inetd"), new("inetutils-inetd", "/usr/sbin/inetutils-inetd"),
    ];

    internal static string[] Inputs => [InetdGenerator.ConfigurationFile, InetdGenerator.ConfigurationDirectory];

    internal static int Generate(GeneratorInvocation invocation)
    {
        if (new RivalDaemons(invocation).FindEnabled(s_inetd) is { } rival)
        {
            invocation.Info($"{rival.Name}.service is enabled and has {InetdGenerator.ConfigurationFile}; nothing is generated.");
            return 0;
        }

        var sink = new DiagnosticList();
        var services = new InetdGenerator(invocation.Input, HostTables.Read(invocation.Input, invocation.Target), new GeneratorSettings(), sink).Read();
        invocation.Tell(sink);
        return Write(invocation, services, InetdGenerator.Manual) ? 0 : 1;
    }

    private static bool Write(GeneratorInvocation invocation, List<SuperService> services, string manual)
    {
        if (services.Count == 0)
        {
            return true;
        }

        var target = SuperServiceUnits.WriteTarget();
        var good = invocation.Write(invocation.Normal, target.Name, target.Text)
            && invocation.Link(invocation.Normal, SocketsTarget, "wants", target.Name);
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
