namespace Trasgo.Bus.Server;

/// <summary>Who may connect and how much the server spends on its peers.</summary>
internal sealed record BusServerOptions
{
    /// <summary>Besides root, the only user that is answered.</summary>
    public required uint OwnUid { get; init; }

    /// <summary>The names that the driver reports as owned by the server itself.</summary>
    public string[] Names { get; init; } = [];

    /// <summary>128 random bits in hexadecimal, as the authentication tells them.</summary>
    public string Guid { get; init; } = System.Guid.NewGuid().ToString("N");

    /// <summary>As systemd's private bus.</summary>
    public int PeersAtMost { get; init; } = 4096;

    /// <summary>Connections that have not authenticated; beyond that the oldest of them goes.</summary>
    public int HalfOpenAtMost { get; init; } = 128;

    public ulong AuthenticationTimeoutUsec { get; init; } = 30_000_000;

    /// <summary>What one peer may leave unread. A list of 10,000 units takes 3 MiB.</summary>
    public int QueuedBytesPerPeer { get; init; } = 12 * 1024 * 1024;

    /// <summary>Who has left so much unread is not listened to before it has read some.</summary>
    public int UnreadBytesOfCaller { get; init; } = 256 * 1024;

    /// <summary>Who has more than this to read yet is better told news later, that will be one by then (<see cref="BusServer.CaughtUp"/>).</summary>
    public int UnreadBytesOfBehind { get; init; } = 512 * 1024;

    /// <summary>What all peers together may leave unread; beyond that who has left the most unread goes.</summary>
    public long QueuedBytesInAll { get; init; } = 20 * 1024 * 1024;

    /// <summary>What all peers together may have sent of messages that are not complete.</summary>
    public long PartialBytesInAll { get; init; } = 8 * 1024 * 1024;
}
