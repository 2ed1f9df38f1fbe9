using Trasgo.UnitFiles.Values;

namespace Trasgo.Inetd;

/// <summary>Attributes with several words.</summary>
internal static partial class XinetdAttributes
{
    // FILE has a soft and a hard limit behind the path.
    private const int MostFileWords = 4;

    private static readonly (string Name, XinetdType Value)[] s_types =
    [
        ("RPC", XinetdType.Rpc), ("INTERNAL", XinetdType.Internal), ("TCPMUX", XinetdType.Tcpmux), ("TCPMUXPLUS", XinetdType.TcpmuxPlus), ("UNLISTED", XinetdType.Unlisted),
    ];

    private static readonly (string Name, XinetdFlag Value)[] s_flags =
    [
        ("INTERCEPT", XinetdFlag.Intercept), ("NORETRY", XinetdFlag.NoRetry), ("IDONLY", XinetdFlag.IdOnly), ("NAMEINARGS", XinetdFlag.NameInArgs),
        ("NODELAY", XinetdFlag.NoDelay), ("KEEPALIVE", XinetdFlag.KeepAlive), ("NOLIBWRAP", XinetdFlag.NoLibwrap), ("SENSOR", XinetdFlag.Sensor),
        ("IPv4", XinetdFlag.IPv4), ("IPv6", XinetdFlag.IPv6), ("LABELED", XinetdFlag.Labeled), ("REUSE", XinetdFlag.Reuse), ("DISABLE", XinetdFlag.Disable),
    ];

    private static readonly (string Name, XinetdLog Value)[] s_logs =
    [
        ("PID", XinetdLog.Pid), ("HOST", XinetdLog.Host), ("USERID", XinetdLog.UserId), ("EXIT", XinetdLog.Exit),
        ("DURATION", XinetdLog.Duration), ("TRAFFIC", XinetdLog.Traffic), ("ATTEMPT", XinetdLog.Attempt),
    ];

    private static T? Find<T>((string Name, T Value)[] rows, string name)
        where T : struct
    {
        var at = Array.FindIndex(rows, row => row.Name == name);
        return at < 0 ? null : rows[at].Value;
    }

    private static string? ParseType(XinetdConfig config, XinetdAssignment assignment)
    {
        foreach (var word in assignment.Values)
        {
            if (Find(s_types, word) is not { } type)
            {
                return $"'{word}' is not known";
            }

            config.Type |= type;
        }

        return null;
    }

    private static string? ParseFlags(XinetdConfig config, XinetdAssignment assignment)
    {
        foreach (var word in assignment.Values)
        {
            if (Find(s_flags, word) is not { } flag)
            {
                return $"'{word}' is not known";
            }

            config.Flags |= flag;
        }

        return null;
    }

    private static string? Change(XinetdAssignment assignment, ref XinetdLog flags)
    {
        var given = XinetdLog.None;
        foreach (var word in assignment.Values)
        {
            if (Find(s_logs, word) is not { } log)
            {
                return $"'{word}' is not known";
            }

            given |= log;
        }

        flags = assignment.Operator switch { XinetdOperator.Add => flags | given, XinetdOperator.Remove => flags & ~given, _ => given };
        return null;
    }

    private static string? Change(XinetdAssignment assignment, List<string> list, Func<string, bool> isValid)
    {
        if (Array.Find(assignment.Values, word => !isValid(word)) is { } bad)
        {
            return $"'{bad}' is not valid";
        }

        Change(assignment.Operator, assignment.Values, list);
        return null;
    }

    private static void Change<T>(XinetdOperator sign, IReadOnlyList<T> values, List<T> list)
    {
        if (sign == XinetdOperator.Set)
        {
            list.Clear();
        }

        if (sign == XinetdOperator.Remove)
        {
            list.RemoveAll(item => values.Any(value => EqualityComparer<T>.Default.Equals(value, item)));
        }
        else
        {
            list.AddRange(values);
        }
    }

    /// <summary>
    /// A name that is not known lets nobody in where it stands in only_from. In no_access it would keep somebody out, whom we could not tell
    /// from others: the service cannot be offered then.
    /// </summary>
    private static string? ParseAddresses(XinetdAssignment assignment, XinetdContext context, bool mustKnow, List<AddressRange> list)
    {
        var ranges = new List<AddressRange>();
        foreach (var word in assignment.Values)
        {
            if (XinetdAddresses.Parse(word, context.Hosts) is { } known)
            {
                ranges.AddRange(known);
            }
            else if (mustKnow)
            {
                return $"'{word}' is neither an address nor a name in {HostNames.Path}, and no name server is asked";
            }
            else
            {
                context.Warn($"{assignment.Name}: '{word}' is neither an address nor a name in {HostNames.Path}, and no name server is asked; it lets nobody in.");
            }
        }

        Change(assignment.Operator, ranges, list);
        return null;
    }

    private static string? ParseLogType(XinetdConfig config, XinetdAssignment assignment)
    {
        switch (assignment.Values)
        {
            case ["SYSLOG", var facility] when SyslogNames.TryFacility(facility, out _):
                config.LogTarget = new XinetdLogTarget(facility, "info", null);
                return null;
            case ["SYSLOG", var facility, var level] when SyslogNames.TryFacility(facility, out _) && SyslogNames.TryLevel(level, out _):
                config.LogTarget = new XinetdLogTarget(facility, level, null);
                return null;
            case ["FILE", ['/', ..] file, ..] when assignment.Values.Length <= MostFileWords:
                config.LogTarget = new XinetdLogTarget("daemon", "info", file);
                return null;
            default:
                return "the values are neither SYSLOG FACILITY [LEVEL] nor FILE PATH";
        }
    }
}
