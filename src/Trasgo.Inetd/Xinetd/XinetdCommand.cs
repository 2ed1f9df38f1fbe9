using System.Globalization;

namespace Trasgo.Inetd;

/// <summary>
/// What is started for a service of xinetd.conf(5). Where clients are checked, greeted or noted, or only passed on, our front comes first
/// (<c>trasgo inetd-front</c>), which then becomes the server; where the server's end is noted, the front stays as its parent.
/// </summary>
internal sealed record XinetdCommand(string Program, IReadOnlyList<string> Arguments, bool IsFront, bool Stays)
{
    private const XinetdLog Ends = XinetdLog.Exit | XinetdLog.Duration | XinetdLog.Traffic;

    private static readonly (XinetdLog Log, string Name)[] s_logs =
    [
        (XinetdLog.Pid, "pid"), (XinetdLog.Host, "host"), (XinetdLog.Exit, "exit"), (XinetdLog.Duration, "duration"), (XinetdLog.Traffic, "traffic"), (XinetdLog.Attempt, "attempt"), (XinetdLog.UserId, "userid"),
    ];

    public static XinetdCommand Make(XinetdEntry entry, GeneratorSettings settings, HostTables host)
    {
        var (program, arguments) = Server(entry, settings);
        var options = Options(entry, host);
        if (options.Count == 0)
        {
            return new XinetdCommand(program, arguments, IsFront: false, Stays: false);
        }

        string[] front = ["trasgo", "inetd-front", "--service=" + entry.Id, .. options];
        return new XinetdCommand(
            settings.OwnProgram,
            entry.Config.Redirect is null ? [.. front, "--", program, .. arguments] : front,
            IsFront: true,
            Stays: (entry.Config.LogOnSuccess & Ends) != 0);
    }

    private static (string Program, IReadOnlyList<string> Arguments) Server(XinetdEntry entry, GeneratorSettings settings)
    {
        var config = entry.Config;
        if (config.Type.HasFlag(XinetdType.Internal))
        {
            return (settings.OwnProgram, ["trasgo", "inetd-internal", .. AccessOptions(config), entry.Name]);
        }

        var server = config.Server ?? settings.OwnProgram;
        string[] arguments = config.ServerArguments ?? [];
        return (server, config.Flags.HasFlag(XinetdFlag.NameInArgs) ? arguments : [server[(server.LastIndexOf('/') + 1)..], .. arguments]);
    }

    private static List<string> Options(XinetdEntry entry, HostTables host)
    {
        var config = entry.Config;
        var options = new List<string>();

        // Our own datagram services check each datagram themselves.
        if (!config.Type.HasFlag(XinetdType.Internal) || XinetdRules.IsStream(config))
        {
            options.AddRange(AccessOptions(config));
        }

        Add(options, "--access-times", config.AccessTimes?.ToString());
        Add(options, "--max-load", config.MaximumLoad);
        if (XinetdRules.IsStream(config))
        {
            Add(options, "--banner", config.Banner);
            Add(options, "--banner-success", config.BannerSuccess);
            Add(options, "--banner-fail", config.BannerFail);
        }

        Add(options, "--log-on-success", LogWords(Told(config.LogOnSuccess, entry)));
        Add(options, "--log-on-failure", LogWords(Told(config.LogOnFailure | (config.LogOnFailure != 0 ? XinetdLog.Attempt : 0), entry)));
        if (config.Flags.HasFlag(XinetdFlag.IdOnly))
        {
            options.Add("--ident-only");
        }

        if (options.Count > 0 && config.LogTarget?.File is not null)
        {
            options.Add("--log-time");
        }

        if (XinetdRules.RedirectTarget(config, host) is { } target)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"--redirect={target.Address} {target.Port}"));
        }

        return options;
    }

    private static IEnumerable<string> AccessOptions(XinetdConfig config)
    {
        if (config.OnlyFrom is { } only)
        {
            yield return "--only-from=" + string.Join(',', only.Distinct());
        }

        if (config.NoAccess.Count > 0)
        {
            yield return "--no-access=" + string.Join(',', config.NoAccess.Distinct());
        }
    }

    /// <summary>Hosts have one identification server, and it must not ask another for each question that it gets.</summary>
    private static XinetdLog Told(XinetdLog log, XinetdEntry entry) => XinetdRules.CanIdentify(entry) ? log : log & ~XinetdLog.UserId;

    private static string? LogWords(XinetdLog log)
    {
        var words = string.Join(',', s_logs.Where(row => log.HasFlag(row.Log)).Select(static row => row.Name));
        return words.Length > 0 ? words : null;
    }

    private static void Add(List<string> options, string name, string? value)
    {
        if (value is not null)
        {
            options.Add($"{name}={value}");
        }
    }
}
