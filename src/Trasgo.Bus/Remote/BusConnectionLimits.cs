namespace Trasgo.Bus.Remote;

/// <summary>How much a connection to a message bus may cost.</summary>
internal sealed record BusConnectionLimits
{
    /// <summary>What the daemon may leave unread before it is given up.</summary>
    public int QueuedBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>With so much unread, nothing more is read from the daemon.</summary>
    public int UnreadBytesOfCaller { get; init; } = 1024 * 1024;

    /// <summary>With more than this unread, changes of properties are told later (<see cref="MessageBus.IsBehind"/>).</summary>
    public int UnreadBytesOfBehind { get; init; } = 512 * 1024;

    /// <summary>Calls of ours under way.</summary>
    public int CallsAtMost { get; init; } = 4096;

    /// <summary>Peers whose credentials are remembered.</summary>
    public int CallersAtMost { get; init; } = 256;

    /// <summary>Calls of one peer that wait until its credentials are known.</summary>
    public int WaitingCallsPerCaller { get; init; } = 64;
}
