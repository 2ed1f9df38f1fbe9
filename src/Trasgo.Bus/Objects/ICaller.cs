using Trasgo.Bus.Wire;

namespace Trasgo.Bus.Objects;

/// <summary>Who called, as the kernel - or the daemon of a message bus - told when the connection was made, and the way back.</summary>
internal interface ICaller
{
    /// <summary>The name that a bus has given it; null for a plain direct client.</summary>
    string? UniqueName { get; }

    /// <summary>It may do whatever the object offers; others only what is open to them (<see cref="IGatekeeper"/>).</summary>
    bool IsPrivileged { get; }

    uint Uid { get; }

    uint Gid { get; }

    int Pid { get; }

    /// <summary>Whether the client asked for signals with the manager's Subscribe.</summary>
    bool Subscribed { get; set; }

    bool IsConnected { get; }

    /// <summary>Queues a message. It is copied: the caller disposes it.</summary>
    void Send(BusMessage message);
}
