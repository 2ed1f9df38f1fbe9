namespace Trasgo.Inetd;

/// <summary>What a small service does with its clients.</summary>
internal enum SmallServiceKind
{
    /// <summary>RFC 862: what comes in goes back.</summary>
    Echo,

    /// <summary>RFC 863: what comes in is thrown away.</summary>
    Discard,

    /// <summary>RFC 864: characters without end, or a datagram of them for each that comes.</summary>
    Chargen,

    /// <summary>RFC 867: the time for people.</summary>
    Daytime,

    /// <summary>RFC 868: the time for machines.</summary>
    Time,
}

/// <summary>One of the services that inetd provides itself.</summary>
internal sealed record SmallService(string Name, int Port, SmallServiceKind Kind)
{
    /// <summary>Says what it has to say when somebody comes, and is done.</summary>
    public bool IsAnnouncement => Kind is SmallServiceKind.Daytime or SmallServiceKind.Time;
}
