namespace Trasgo.Inetd;

/// <summary>One of the services that inetd provides itself.</summary>
internal sealed record SmallService(string Name, int Port);

/// <summary>RFC 862, 863, 864, 867 and 868.</summary>
internal static class SmallServices
{
    public static readonly SmallService[] All =
    [
        new("echo", 7), new("discard", 9), new("chargen", 19), new("daytime", 13), new("time", 37),
    ];

    public static bool IsKnown(string name) => Array.Exists(All, service => service.Name == name);
}
