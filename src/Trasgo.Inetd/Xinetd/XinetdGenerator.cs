using Trasgo.UnitFiles.LoadPath;
using Trasgo.UnitFiles.Syntax;

namespace Trasgo.Inetd;

/// <summary>What was made of xinetd.conf(5).</summary>
/// <param name="Configured">Names and IDs of all services in the files, those that are disabled, too.</param>
internal sealed record XinetdResult(List<SuperService> Services, HashSet<string> Configured);

/// <summary>The services of /etc/xinetd.conf and of what it includes.</summary>
internal sealed class XinetdGenerator(IUnitFileSystem files, HostTables host, GeneratorSettings settings, IDiagnostics sink)
{
    public const string ConfigurationFile = "/etc/xinetd.conf";
    public const string ConfigurationDirectory = "/etc/xinetd.d";
    public const string Manual = "xinetd.conf(5)";

    private static readonly string[] s_wrappers = ["/etc/hosts.allow", "/etc/hosts.deny"];

    public XinetdResult Read()
    {
        var reader = new XinetdReader(files, sink);
        var blocks = reader.Read(ConfigurationFile);
        var configured = new HashSet<string>(StringComparer.Ordinal);
        var offered = new List<XinetdBlock>();
        foreach (var block in blocks)
        {
            // One that is disabled may be as wrong as it likes.
            if (block.Service is { } name)
            {
                configured.Add(name);
            }

            if (!IsDisabled(block))
            {
                offered.Add(block);
            }
        }

        var attributes = new XinetdEntries(host.Hosts, sink);
        var (entries, defaults) = attributes.Read(offered);
        if (reader.HasBrokenDefaults || attributes.HasBrokenDefaults)
        {
            // xinetd does not even start then.
            sink.Add(new Diagnostic(Severity.Error, null, ConfigurationFile, 0, null, "The defaults are in error, so none of the services is offered."));
            return new XinetdResult([], configured);
        }

        entries.RemoveAll(entry => entry.Config.Flags.HasFlag(XinetdFlag.Disable) || defaults.Disabled.Contains(entry.Id)
            || (defaults.Enabled is { } enabled && !enabled.Contains(entry.Id)));
        if (entries.Exists(static entry => !entry.Config.Flags.HasFlag(XinetdFlag.NoLibwrap)))
        {
            WarnOfWrappers();
        }

        return new XinetdResult(new XinetdServices(host, settings, sink).Make(entries), configured);
    }

    /// <summary>xinetd asks TCP wrappers for every service. Who relies on that must know that nobody does here.</summary>
    private void WarnOfWrappers()
    {
        foreach (var path in s_wrappers)
        {
            if (HostTables.ReadText(files, path) is { } text && new XinetdLines(text).Next() is not null)
            {
                sink.Add(new Diagnostic(
                    Severity.Warning, null, path, 0, null,
                    "TCP wrappers are not built in, and these rules are not kept for services of xinetd: use only_from, or /usr/sbin/tcpd as the server with NAMEINARGS."));
            }
        }
    }

    private static bool IsDisabled(XinetdBlock block) =>
        block.Assignments.Any(static assignment => assignment is { Name: "disable", Operator: XinetdOperator.Set, Values: ["yes"] });
}
