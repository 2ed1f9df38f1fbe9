using System.Globalization;
using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>The attributes of xinetd.conf(5), and what is made of each.</summary>
internal static partial class XinetdAttributes
{
    private const string Unlimited = "UNLIMITED";

    private static readonly XinetdAttribute[] s_rows =
    [
        One("id", XinetdPlace.Service, static (c, text) => Keep(c.Id = text)),
        Words("type", ParseType),
        Words("flags", ParseFlags),
        One("disable", XinetdPlace.Service, static (c, text) => YesOrNo(text, out var value) ?? Keep(c.Disable = value)),
        One("socket_type", XinetdPlace.Service, static (c, text) => Keep(c.SocketType = text)),
        One("protocol", XinetdPlace.Service, static (c, text) => Keep(c.Protocol = text)),
        One("wait", XinetdPlace.Service, static (c, text) => YesOrNo(text, out var value) ?? Keep(c.Wait = value)),
        One("user", XinetdPlace.Service, static (c, text) => Account(text) ?? Keep(c.User = text)),
        One("group", XinetdPlace.Service, static (c, text) => Account(text) ?? Keep(c.Group = text)),
        One("groups", XinetdPlace.Both, static (c, text) => YesOrNo(text, out var value) ?? Keep(c.Groups = value)),
        One("server", XinetdPlace.Service, static (c, text) => UnitLine.IsProgram(text) ? Keep(c.Server = text) : $"'{text}' is no absolute path that a unit could have"),
        Words("server_args", static (c, a) => Keep(c.ServerArguments = a.Values)),
        One("instances", XinetdPlace.Both, static (c, text) => Limit(text, out var value) ?? Keep(c.Instances = value)),
        One("per_source", XinetdPlace.Both, static (c, text) => Limit(text, out var value) ?? Keep(c.PerSource = value)),
        new("cps", XinetdPlace.Both, 2, IsModifiable: false, ParseRate),
        One("max_load", XinetdPlace.Both, static (c, text) => Load(text) ?? Keep(c.MaximumLoad = text)),
        One("nice", XinetdPlace.Service, static (c, text) => Numbers.TryInt32(text, out var value) && value is >= -20 and <= 19 ? Keep(c.Nice = value) : $"'{text}' is no nice level"),
        One("port", XinetdPlace.Service, static (c, text) => Numbers.TryDecimal(text, out var value) && value is > 0 and <= ushort.MaxValue ? Keep(c.Port = (int)value) : $"'{text}' is no port"),
        One("bind", XinetdPlace.Both, static (c, text) => Keep(c.Bind = text)),
        One("interface", XinetdPlace.Both, static (c, text) => Keep(c.Bind = text)),
        new("redirect", XinetdPlace.Service, 2, IsModifiable: false, static (c, a, _) => Keep(c.Redirect = (a.Values[0], a.Values[1]))),
        Words("access_times", static (c, a) => (c.AccessTimes = AccessTimes.Parse(a.Values)) is null ? "the values are no intervals HOUR:MINUTE-HOUR:MINUTE" : null),
        Words("log_type", ParseLogType) with { Place = XinetdPlace.Both },
        One("banner", XinetdPlace.Both, static (c, text) => Path(text) ?? Keep(c.Banner = text)),
        One("banner_success", XinetdPlace.Both, static (c, text) => Path(text) ?? Keep(c.BannerSuccess = text)),
        One("banner_fail", XinetdPlace.Both, static (c, text) => Path(text) ?? Keep(c.BannerFail = text)),
        One("umask", XinetdPlace.Both, static (c, text) => Numbers.TryOctal(text, out var mask) && mask <= 0x1FF ? Keep(c.UMask = text) : $"'{text}' is no mask in octal"),
        One("v6only", XinetdPlace.Both, static (c, text) => YesOrNo(text, out var value) ?? Keep(c.V6Only = value)),
        One("libwrap", XinetdPlace.Service, static (c, text) => Keep(c.Libwrap = text)),
        One("deny_time", XinetdPlace.Service, static (c, text) => Keep(c.DenyTime = text)),
        One("mdns", XinetdPlace.Both, static (c, text) => YesOrNo(text, out var value) ?? Keep(c.IsAnnounced = value)),
        One("rpc_version", XinetdPlace.Service, static (c, _) => Keep(c.HasRpcNumbers = true)),
        One("rpc_number", XinetdPlace.Service, static (c, _) => Keep(c.HasRpcNumbers = true)),
        Resource("rlimit_as", "LimitAS", isSize: true),
        Resource("rlimit_data", "LimitDATA", isSize: true),
        Resource("rlimit_rss", "LimitRSS", isSize: true),
        Resource("rlimit_stack", "LimitSTACK", isSize: true),
        Resource("rlimit_cpu", "LimitCPU", isSize: false),
        Resource("rlimit_files", "LimitNOFILE", isSize: false),
        List("only_from", XinetdPlace.Both, static (c, a, context) => ParseAddresses(a, context, mustKnow: false, c.OnlyFrom ??= [])),
        List("no_access", XinetdPlace.Both, static (c, a, context) => ParseAddresses(a, context, mustKnow: true, c.NoAccess)),
        List("log_on_success", XinetdPlace.Both, static (c, a, _) => Change(a, ref c.LogOnSuccess)),
        List("log_on_failure", XinetdPlace.Both, static (c, a, _) => Change(a, ref c.LogOnFailure)),
        List("passenv", XinetdPlace.Both, static (c, a, _) => Change(a, c.PassEnvironment ??= [], NameRules.IsEnvironmentName)),
        List("env", XinetdPlace.Service, static (c, a, _) => Change(a, c.Environment, NameRules.IsEnvironmentAssignment)),
        List("enabled", XinetdPlace.Defaults, static (c, a, _) => Change(a, c.Enabled ??= [], static _ => true)),
        List("disabled", XinetdPlace.Defaults, static (c, a, _) => Change(a, c.Disabled, static _ => true)),
    ];

    public static XinetdAttribute? ByName(string name) => Array.Find(s_rows, row => row.Name == name);

    private static XinetdAttribute One(string name, XinetdPlace place, Func<XinetdConfig, string, string?> parse) =>
        new(name, place, 1, IsModifiable: false, (config, assignment, _) => parse(config, assignment.Values[0]));

    private static XinetdAttribute Words(string name, Func<XinetdConfig, XinetdAssignment, string?> parse) =>
        new(name, XinetdPlace.Service, null, IsModifiable: false, (config, assignment, _) => parse(config, assignment));

    private static XinetdAttribute List(string name, XinetdPlace place, XinetdParser parse) => new(name, place, null, IsModifiable: true, parse);

    private static XinetdAttribute Resource(string name, string directive, bool isSize) => One(name, XinetdPlace.Service, (config, text) =>
    {
        if (text == Unlimited)
        {
            config.Limits.Add(UnitLine.Words(directive, "infinity"));
            return null;
        }

        var factor = isSize && text.Length > 0 ? text[^1] switch { 'K' or 'k' => 1024UL, 'M' or 'm' => 1024UL * 1024, _ => 1UL } : 1UL;
        if (!Numbers.TryDecimal(factor > 1 ? text[..^1] : text, out var number))
        {
            return $"'{text}' is neither a number nor {Unlimited}";
        }

        config.Limits.Add(UnitLine.Number(directive, number * factor));
        return null;
    });

    /// <summary>An assignment as an expression that is no complaint.</summary>
    private static string? Keep<T>(T value)
    {
        _ = value;
        return null;
    }

    private static string? YesOrNo(string text, out bool value)
    {
        value = text is "yes";
        return text is "yes" or "no" ? null : $"'{text}' is neither yes nor no";
    }

    private static string? Account(string text) => NameRules.IsUserOrGroup(text) ? null : $"'{text}' is no name and no number of an account";

    private static string? Path(string text) => text.StartsWith('/') ? null : $"'{text}' is no absolute path";

    private static string? Limit(string text, out uint limit)
    {
        limit = 0;
        return text == Unlimited || (Numbers.TryDecimal(text, out limit) && limit > 0) ? null : $"'{text}' is neither a number above 0 nor {Unlimited}";
    }

    private static string? Load(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load) && load > 0 ? null : $"'{text}' is no load";

    private static string? ParseRate(XinetdConfig config, XinetdAssignment assignment, XinetdContext context)
    {
        if (!Numbers.TryDecimal(assignment.Values[0], out var rate) || !Numbers.TryDecimal(assignment.Values[1], out var pause))
        {
            return "connections in a second and seconds of pause are numbers";
        }

        config.Rate = (rate, pause);
        return null;
    }
}
