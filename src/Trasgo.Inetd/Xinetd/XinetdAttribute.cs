namespace Trasgo.Inetd;

/// <summary>Where an attribute may stand.</summary>
[Flags]
internal enum XinetdPlace
{
    Service = 1,
    Defaults = 2,
    Both = Service | Defaults,
}

/// <summary>Reads the values of an attribute. Null is success; else what is wrong with them.</summary>
internal delegate string? XinetdParser(XinetdConfig config, XinetdAssignment assignment, XinetdContext context);

/// <summary>What parsers may look at and complain to.</summary>
internal sealed record XinetdContext(HostNames Hosts, Action<string> Warn);

/// <summary>One row an attribute of xinetd.conf(5).</summary>
/// <param name="Count">How many values it has; null is any number.</param>
/// <param name="IsModifiable">It may be given more than once, with any operator.</param>
internal sealed record XinetdAttribute(string Name, XinetdPlace Place, int? Count, bool IsModifiable, XinetdParser Parse);
