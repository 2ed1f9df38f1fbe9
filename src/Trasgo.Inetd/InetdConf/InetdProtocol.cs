namespace Trasgo.Inetd;

/// <summary>The protocols of inetd.conf(5): what is listened on, and by which name ports are looked up.</summary>
/// <param name="IsDualStack">One IPv6 socket that takes IPv4, too (tcp46).</param>
internal sealed record InetdProtocol(string Name, string Transport, bool V4, bool V6, bool IsDualStack = false)
{
    public const string Unix = "unix";

    private static readonly InetdProtocol[] s_all =
    [
        new("tcp", "tcp", V4: true, V6: true), new("tcp4", "tcp", V4: true, V6: false), new("tcp6", "tcp", V4: false, V6: true),
        new("tcp6only", "tcp", V4: false, V6: true), new("tcp46", "tcp", V4: false, V6: true, IsDualStack: true),
        new("udp", "udp", V4: true, V6: true), new("udp4", "udp", V4: true, V6: false), new("udp6", "udp", V4: false, V6: true),
        new("udp6only", "udp", V4: false, V6: true), new("udp46", "udp", V4: false, V6: true, IsDualStack: true),
        new(Unix, Unix, V4: false, V6: false),
    ];

    public bool IsUnix => Transport == Unix;

    public static InetdProtocol? ByName(string name) => Array.Find(s_all, protocol => protocol.Name == name);
}
