namespace Trasgo.Inetd;

/// <summary>The services that inetd provides itself, by their official names.</summary>
internal static class SmallServices
{
    public static readonly SmallService[] All =
    [
        new("echo", 7, SmallServiceKind.Echo), new("discard", 9, SmallServiceKind.Discard), new("chargen", 19, SmallServiceKind.Chargen),
        new("daytime", 13, SmallServiceKind.Daytime), new("time", 37, SmallServiceKind.Time),
    ];

    public static bool IsKnown(string name) => Find(name) is not null;

    public static SmallService? Find(string name) => Array.Find(All, service => service.Name == name);
}
